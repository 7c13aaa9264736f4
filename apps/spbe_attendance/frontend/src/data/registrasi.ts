/** The endpoints of registration, which need no account, and of the consent of whoever has one. */
import type { Fields, IsianDaftar, PersetujuanSaya, StatusDaftar, TandaTerima } from '@/types/registrasi'
import { deviceLabel } from './device'
import { call } from './http'

const API = 'spbe_attendance.api.registrasi'

export function fetchForm(): Promise<IsianDaftar> {
  return call<IsianDaftar>(`${API}.isian`)
}

/** What goes with the fields: the phone's id of the form, and the text that was agreed to. */
interface Beside {
  id: string
  naskah: string
  photo: Blob | null
}

/** The same id gives the same receipt, so silence may be answered by sending again. */
export function fileRegistration(fields: Fields, beside: Beside): Promise<TandaTerima> {
  return call<TandaTerima>(`${API}.ajukan`, {
    method: 'POST',
    form: bodyOf(fields, beside),
    patience: 60_000,
  })
}

/** Without NIK or photo the earlier one stays. */
export function correctRegistration(
  receipt: TandaTerima,
  fields: Fields,
  beside: Beside,
): Promise<StatusDaftar> {
  const form = bodyOf(fields, beside)
  form.append('nomor', receipt.nomor)
  form.append('kode', receipt.kode)
  return call<StatusDaftar>(`${API}.perbaiki`, { method: 'POST', form, patience: 60_000 })
}

export function fetchStatus(receipt: TandaTerima): Promise<StatusDaftar> {
  return call<StatusDaftar>(`${API}.status`, { method: 'POST', json: receipt })
}

export function fetchActivation(receipt: TandaTerima): Promise<{ nomor_pegawai: string; kode: string }> {
  return call(`${API}.kode_aktivasi`, { method: 'POST', json: receipt })
}

export function fetchConsent(): Promise<PersetujuanSaya> {
  return call<PersetujuanSaya>(`${API}.persetujuan`)
}

export function sendConsent(naskah: string): Promise<PersetujuanSaya> {
  return call<PersetujuanSaya>(`${API}.setujui`, { method: 'POST', json: { naskah } })
}

/** Takes the own agreement back. Raises ServerError or NetworkError. */
export function withdrawConsent(): Promise<PersetujuanSaya> {
  return call<PersetujuanSaya>('spbe_attendance.api.privasi.tarik_persetujuan', { method: 'POST' })
}

function bodyOf(fields: Fields, { id, naskah, photo }: Beside): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value.trim())
  form.append('id_klien', id)
  form.append('naskah', naskah)
  form.append('perangkat', deviceLabel())
  if (photo) form.append('foto', photo, 'foto.jpg')
  return form
}
