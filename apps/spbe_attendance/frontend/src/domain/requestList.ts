/** Permits, corrections, appeals and exchanges of duties as one list, and what the person may still do with each. */
import type {
  JenisPermohonan,
  Ketidakhadiran,
  Koreksi,
  PermohonanSaya,
  Sanggah,
  TukarDinas,
} from '@/types/permohonan'
import { isWaiting } from './status'

export type RequestRow =
  | { kind: 'permit'; data: Ketidakhadiran }
  | { kind: 'correction'; data: Koreksi }
  | { kind: 'appeal'; data: Sanggah }
  | { kind: 'swap'; data: TukarDinas }

export const DOCTYPES: Record<RequestRow['kind'], JenisPermohonan> = {
  permit: 'Ketidakhadiran',
  correction: 'Koreksi Absensi',
  appeal: 'Sanggah',
  swap: 'Tukar Dinas',
}

/** Those that wait and those that are decided, each with the newest first. */
export function sortRequests(mine: PermohonanSaya): { waiting: RequestRow[]; decided: RequestRow[] } {
  const rows: RequestRow[] = [
    ...mine.ketidakhadiran.map((data) => ({ kind: 'permit' as const, data })),
    ...mine.koreksi.map((data) => ({ kind: 'correction' as const, data })),
    ...mine.sanggah.map((data) => ({ kind: 'appeal' as const, data })),
    ...(mine.tukar_dinas ?? []).map((data) => ({ kind: 'swap' as const, data })),
  ]
  rows.sort((a, b) => b.data.creation.localeCompare(a.data.creation))
  return {
    waiting: rows.filter(({ data }) => isWaiting(data.status)),
    decided: rows.filter(({ data }) => !isWaiting(data.status)),
  }
}

export function isOwn(row: RequestRow, pegawai: string): boolean {
  return row.kind === 'swap' ? row.data.peran === 'pemohon' : row.data.pegawai === pegawai
}

/** The person takes back what waits, and a permit that is granted and has not begun. */
export function mayCancel(row: RequestRow, pegawai: string, today: string): boolean {
  if (!isOwn(row, pegawai)) return false
  if (row.kind === 'swap') return row.data.tindakan.includes('Batalkan')
  if (isWaiting(row.data.status)) return true
  return row.kind === 'permit' && row.data.status === 'Disetujui' && row.data.dari >= today
}

/** First and last day on which a granted permit may now end instead; null when nothing is left to give back. */
export function shortenRange(
  row: RequestRow,
  pegawai: string,
  today: string,
): { first: string; last: string } | null {
  if (row.kind !== 'permit' || !isOwn(row, pegawai) || row.data.status !== 'Disetujui' || !today) return null
  const { dari, sampai, dipersingkat_sampai: shortened } = row.data
  const yesterday = dayBefore(today)
  const range = { first: dari > yesterday ? dari : yesterday, last: dayBefore(shortened || sampai) }
  return range.first <= range.last ? range : null
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}
