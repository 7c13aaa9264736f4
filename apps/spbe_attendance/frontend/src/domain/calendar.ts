/** Days and months as text keys, free of time zones. */
import { t } from '@/i18n'

/** `2026-11-24` → `Selasa, 24 November 2026`. */
export function dayLabel(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  const { days, months } = t.calendar
  return `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `2026-11-24`, `2026-11-26` → `24–26 November 2026`; both in full where month or year differ. */
export function spanLabel(first: string, last: string): string {
  const [start, end] = [shortLabel(first), shortLabel(last)]
  if (first === last) return start
  return first.slice(0, 7) === last.slice(0, 7) ? `${Number(first.slice(8, 10))}–${end}` : `${start} – ${end}`
}

/** `2026-11-24` → `24 November 2026`. */
export function shortLabel(day: string): string {
  return dayLabel(day).replace(/^\S+, /, '')
}

/** `2026-11` → `November 2026`. */
export function monthLabel(month: string): string {
  const [year, number] = month.split('-')
  return `${t.calendar.months[Number(number) - 1] ?? ''} ${year}`.trim()
}

/** The month `steps` further on; negative goes back. */
export function shiftMonth(month: string, steps: number): string {
  const [year, number] = month.split('-').map(Number)
  const date = new Date(Date.UTC(year ?? 1970, (number ?? 1) - 1 + steps, 1))
  return date.toISOString().slice(0, 7)
}

export function isMonth(value: unknown): value is string {
  return typeof value === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(value)
}
