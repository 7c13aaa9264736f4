/** What a tick of the room changes in the summary on the screen. */
import type { Completeness, Counts, Row, Summary, Tick } from '@/types/pemantauan'
import { unsure } from './states'

/** Whether the tick is about what is shown, and newer than it. */
export function concerns(summary: Summary, tick: Tick): boolean {
  return summary.hari_ini && tick.tanggal === summary.tanggal && tick.versi > summary.versi
}

/**
 * The summary with the tick's numbers in it; the same object when the tick says nothing about it. Curves, reasons and apel are
 * not in a tick: they follow by `ringkasan`. A screen above several tops has no total of its own in a tick: it is their sum.
 */
export function merged(summary: Summary, tick: Tick): Summary {
  if (!concerns(summary, tick)) return summary
  if (summary.opd === null) return withTop(summary, tick)
  if (tick.opd !== summary.opd.name) return summary
  const anak = summary.anak.map((row) =>
    ofTick(row, row.langsung ? tick.langsung : tick.anak?.[row.opd.name]),
  )
  return { ...summary, versi: tick.versi, anak, ...counted(summary, tick.jumlah) }
}

function withTop(summary: Summary, tick: Tick): Summary {
  if (!summary.anak.some((row) => row.opd.name === tick.opd)) return summary
  const anak = summary.anak.map((row) => (row.opd.name === tick.opd ? ofTick(row, tick.jumlah) : row))
  return { ...summary, versi: tick.versi, anak, ...counted(summary, total(anak.map((row) => row.jumlah))) }
}

function ofTick(row: Row, counts: Counts | undefined): Row {
  return counts ? { ...row, ...counted(row, counts) } : row
}

function counted<Of extends { kelengkapan: Completeness }>(before: Of, jumlah: Counts) {
  return { jumlah, kelengkapan: completeness(before.kelengkapan, jumlah) }
}

/** The server's rule: of those who should have been heard of, how many have been. Its own reasons follow by `ringkasan`. */
export function completeness(before: Completeness, counts: Counts): Completeness {
  const doubt = unsure(counts)
  const asked = counts.pegawai - counts.bebas - counts.belum_waktunya
  return {
    ...before,
    tertunda: counts.tertunda,
    senyap: counts.senyap,
    persen: doubt === 0 || asked <= 0 ? 100 : Math.floor((1000 * (asked - doubt)) / asked) / 10,
    lengkap: doubt === 0,
  }
}

export function total(all: Counts[]): Counts {
  const sum = {} as Record<string, number>
  for (const counts of all)
    for (const [key, value] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + value
  return sum as Counts
}
