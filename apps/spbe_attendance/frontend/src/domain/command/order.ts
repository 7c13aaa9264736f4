/** The rows of the table: found, sorted, and the ones that need to be looked at. */
import type { Row } from '@/types/pemantauan'
import { due, presence, unsure } from './states'

export const COLUMNS = ['nama', 'persen', 'hadir', 'terlambat', 'izin', 'belum', 'kelengkapan'] as const
export type Column = (typeof COLUMNS)[number]
export interface Order {
  column: Column
  descending: boolean
}

/** Not there and not excused, whether late in arriving or not known. */
export function missing(row: Row): number {
  const { belum, tertunda, senyap, alpa } = row.jumlah
  return belum + tertunda + senyap + alpa
}

/** A unit where nobody is due has no presence: it is after all others, whichever way one sorts. */
const VALUES: Record<Exclude<Column, 'nama'>, (row: Row) => number | null> = {
  persen: (row) => presence(row.jumlah),
  hadir: (row) => row.jumlah.hadir,
  terlambat: (row) => row.jumlah.terlambat,
  izin: (row) => row.jumlah.izin,
  belum: missing,
  kelengkapan: (row) => row.kelengkapan.persen,
}

export function sorted(rows: readonly Row[], { column, descending }: Order): Row[] {
  const sign = descending ? -1 : 1
  const byName = (a: Row, b: Row) => a.opd.nama.localeCompare(b.opd.nama, 'id')
  if (column === 'nama') return [...rows].sort((a, b) => sign * byName(a, b))
  const value = VALUES[column]
  return [...rows].sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b)
    return sign * (left - right) || byName(a, b)
  })
}

/** What a click on a column's head makes: names from A, numbers from the largest, then the other way round. */
export function turned(order: Order, column: Column): Order {
  if (order.column === column) return { column, descending: !order.descending }
  return { column, descending: column !== 'nama' }
}

/** Rows whose name or abbreviation holds every word. */
export function found(rows: readonly Row[], words: string): Row[] {
  const wanted = words.toLocaleLowerCase('id').split(/\s+/).filter(Boolean)
  return rows.filter(({ opd }) => {
    const text = `${opd.nama} ${opd.singkatan ?? ''}`.toLocaleLowerCase('id')
    return wanted.every((word) => text.includes(word))
  })
}

/** The units to look at first: the most doubt, then the least presence; none where nobody is due or all are there. */
export function worst(rows: readonly Row[], count: number): Row[] {
  const share = (row: Row) => unsure(row.jumlah) / Math.max(1, due(row.jumlah))
  return rows
    .filter((row) => due(row.jumlah) > 0 && (presence(row.jumlah) ?? 100) < 100)
    .sort(
      (a, b) => share(b) - share(a) || presence(a.jumlah)! - presence(b.jumlah)! || missing(b) - missing(a),
    )
    .slice(0, count)
}
