/** One day of the person, with its punches and result. */
import { fetchHistory } from './absensi'
import type { HariRiwayat } from '@/types/api'

/** Null when the server has nothing about that day. Raises ServerError or NetworkError. */
export async function fetchDay(tanggal: string): Promise<HariRiwayat | null> {
  const month = await fetchHistory(tanggal.slice(0, 7))
  return month.hari.find((day) => day.tanggal === tanggal) ?? null
}
