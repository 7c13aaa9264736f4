/** Permits, corrections and appeals as one list. */
import type { Ketidakhadiran, Koreksi, PermohonanSaya, Sanggah } from '@/types/permohonan'
import { isWaiting } from './status'

export type RequestRow =
  | { kind: 'permit'; data: Ketidakhadiran }
  | { kind: 'correction'; data: Koreksi }
  | { kind: 'appeal'; data: Sanggah }

/** Those that wait and those that are decided, each with the newest first. */
export function sortRequests(mine: PermohonanSaya): { waiting: RequestRow[]; decided: RequestRow[] } {
  const rows: RequestRow[] = [
    ...mine.ketidakhadiran.map((data) => ({ kind: 'permit' as const, data })),
    ...mine.koreksi.map((data) => ({ kind: 'correction' as const, data })),
    ...mine.sanggah.map((data) => ({ kind: 'appeal' as const, data })),
  ]
  rows.sort((a, b) => b.data.creation.localeCompare(a.data.creation))
  return {
    waiting: rows.filter(({ data }) => isWaiting(data.status)),
    decided: rows.filter(({ data }) => !isWaiting(data.status)),
  }
}

/** The person takes back what waits, and what is granted and has not begun. */
export function mayCancel(row: RequestRow, pegawai: string, today: string): boolean {
  if (row.kind !== 'permit' || row.data.pegawai !== pegawai) return false
  return isWaiting(row.data.status) || (row.data.status === 'Disetujui' && row.data.dari >= today)
}
