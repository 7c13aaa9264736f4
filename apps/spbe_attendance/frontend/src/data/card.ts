/** The person's own card of a month (LB.2), to read and as a file. */
import { call } from './http'
import type { Kartu, KeadaanBerkas } from '@/types/permohonan'

const API = 'spbe_attendance.api.laporan'
const PAUSE_MS = 1500
/** The queue of files may be long on the last day of a month. */
const TRIES = 80

/** `bulan`: YYYY-MM. Raises ServerError or NetworkError. */
export function fetchCard(bulan: string): Promise<Kartu> {
  return call<Kartu>(`${API}.kartu_saya`, { query: { bulan } })
}

/**
 * Address of the card as PDF, made by the server in the background; `tell` hears how many percent are done. Null when it was not
 * made. Raises ServerError or NetworkError.
 */
export async function makeCardFile(bulan: string, tell: (percent: number) => void): Promise<string | null> {
  const saringan = JSON.stringify({ bulan })
  const json = { laporan: 'Kartu Kehadiran', bentuk: 'pdf', saringan }
  const { id } = await call<{ id: string }>(`${API}.unduh`, { method: 'POST', json })
  for (let tries = 0; tries < TRIES; tries += 1) {
    const state = await call<KeadaanBerkas>(`${API}.keadaan`, { query: { id } })
    tell(state.persen)
    if (state.berkas) return state.berkas
    if (state.gagal) return null
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return null
}
