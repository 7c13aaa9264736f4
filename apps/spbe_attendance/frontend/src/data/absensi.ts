/** The punch endpoints. */
import { call } from './http'
import type { HariIni, Penerimaan, PermintaanCatat, Riwayat } from '@/types/api'

const API = 'spbe_attendance.api.absensi'
const JANGKAR = 'spbe_attendance.api.perangkat.jangkar'

export function fetchToday(): Promise<HariIni> {
  return call<HariIni>(`${API}.hari_ini`)
}

/** The signed time alone: goes with the punches where the server is so busy that the home screen is put off. */
export function fetchAnchor(): Promise<{ jangkar: string | null; waktu_server: string }> {
  return call(JANGKAR)
}

export function fetchHistory(bulan: string): Promise<Riwayat> {
  return call<Riwayat>(`${API}.riwayat`, { query: { bulan } })
}

/** The same id_klien gives the same answer: safe to repeat. */
export function sendPunch(punch: PermintaanCatat): Promise<Penerimaan> {
  return call<Penerimaan>(`${API}.catat`, { method: 'POST', json: punch })
}

/** Repeatable: the same photo again answers the same. */
export function sendPhoto(idKlien: string, photo: Blob): Promise<{ name: string; diterima: boolean }> {
  const form = new FormData()
  form.append('id_klien', idKlien)
  form.append('foto', photo, 'foto.jpg')
  return call(`${API}.unggah_foto`, { method: 'POST', form, patience: 60_000 })
}
