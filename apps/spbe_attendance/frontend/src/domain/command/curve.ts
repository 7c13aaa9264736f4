/** The arrivals of a morning against the usual ones. */
import type { Curve } from '@/types/pemantauan'

export interface Extent {
  /** Index of the first and last bucket worth showing. */
  from: number
  to: number
  /** The largest number; at least 1. */
  top: number
}

/** The part of the day in which people arrive, with a bucket of air on both sides. */
export function extent({ menit, hari_ini, biasa }: Curve): Extent {
  const lines = [hari_ini, biasa ?? []].filter((line) => line.some((value) => value > 0))
  const last = menit.length - 1
  if (lines.length === 0) return { from: 0, to: Math.max(0, last), top: 1 }
  const first = Math.min(...lines.map((line) => line.findIndex((value) => value > 0)))
  const full = Math.max(...lines.map((line) => line.indexOf(Math.max(...line))))
  const reached = Math.max(full, hari_ini.length - 1)
  return {
    from: Math.max(0, first - 2),
    to: Math.min(last, Math.max(reached, first + 6) + 2),
    top: Math.max(1, ...lines.flat()),
  }
}

/** At the last bucket of today: how many have come, and how many usually have. Null without a usual morning or before it began. */
export function against({ hari_ini, biasa }: Curve): { now: number; usual: number } | null {
  const at = hari_ini.length - 1
  const usual = biasa?.[at]
  return at < 0 || usual === undefined ? null : { now: hari_ini[at]!, usual }
}

/** A round number at or above, for the axis: 1, 2 or 5 times a power of ten. */
export function roundTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return (
    [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value && Number.isInteger(step)) ??
    10 * power
  )
}

/** `450` → `07.30` or `07:30`. */
export function minuteLabel(minute: number, separator: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}${separator}${two(minute % 60)}`
}

/** About six rows of the curve, the last included: what a screen reader reads instead of the picture. */
export function rowsOf(
  curve: Curve,
  { from, to }: Extent,
  most = 8,
): Array<{ minute: number; now: number | null; usual: number | null }> {
  const step = Math.max(1, Math.ceil((to - from + 1) / most))
  const picked: number[] = []
  for (let index = to; index >= from; index -= step) picked.unshift(index)
  return picked.map((index) => ({
    minute: (curve.menit[index] ?? 0) + 5,
    now: curve.hari_ini[index] ?? null,
    usual: curve.biasa?.[index] ?? null,
  }))
}
