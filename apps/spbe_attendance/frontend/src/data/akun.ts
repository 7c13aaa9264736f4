/** The endpoints of the first log-in and of the own password. */
import type { Aktivasi, KodeAktivasi } from '@/types/akun'
import { call } from './http'
import { enter } from './session'

const API = 'spbe_attendance.api.akun'

/** Whose code it is. Raises ServerError or NetworkError. */
export function lookAtCode(code: KodeAktivasi): Promise<Aktivasi> {
  return call<Aktivasi>(`${API}.periksa_kode`, { method: 'POST', json: code })
}

/** Password and PIN in exchange for the code; afterwards the person is logged in. */
export function activate(code: KodeAktivasi, password: string, pin: string): Promise<void> {
  const json = { ...code, kata_sandi: password, pin }
  return enter(() => call(`${API}.aktifkan`, { method: 'POST', json }))
}

export function changePassword(old: string, fresh: string): Promise<unknown> {
  return call(`${API}.ganti_kata_sandi`, { method: 'POST', json: { lama: old, baru: fresh } })
}
