/** The last hari_ini, so that the home screen opens without a network. */
import type { HariIni } from '@/types/api'
import { store, type Kept } from './store'

/** Null when there is none, or nothing can be kept. */
export async function keptDay(person: string): Promise<Kept | null> {
  try {
    return (await (await store()).get('kept', person)) ?? null
  } catch {
    return null
  }
}

export async function keepDay(data: HariIni, wall: number): Promise<void> {
  try {
    // Anchors have a place of their own; here only whether there was one counts.
    const jangkar = data.jangkar === null ? null : ''
    await (await store()).put('kept', { person: data.pegawai.name, data: { ...data, jangkar }, wall })
  } catch {
    // Only the next start without a network is poorer.
  }
}

/** Of another day only hours and places hold; what was punched then is not today's. */
export function asOf(data: HariIni, date: string): HariIni {
  return data.jadwal.tanggal === date ? data : { ...data, absensi: [], kegiatan: [], rekap: null }
}
