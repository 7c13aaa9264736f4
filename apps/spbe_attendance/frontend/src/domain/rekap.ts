/** A day's result for a reader: codes in words, colours, and what a month adds up to. */
import { t } from '@/i18n'
import type { Tone } from './status'

export interface DayResult {
  kode: string
  menit_terlambat: number
  menit_pulang_cepat: number
}

const LEVELS = /^(TL|PSW)([1-4])$/

export function codesOf(kode: string): string[] {
  return kode
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean)
}

/** `TL1` → `Terlambat (TL1)`; a code that is not known stays as it is. */
export function codeLabel(code: string): string {
  const level = LEVELS.exec(code)
  if (level) return `${level[1] === 'TL' ? t.codes.late : t.codes.early} (${code})`
  return t.codes.names[code] ?? code
}

export function codeTone(code: string): Tone {
  if (code === 'H') return 'green'
  if (code === 'TK') return 'red'
  if (code === 'L' || code === 'CBer') return 'gray'
  return LEVELS.test(code) ? 'orange' : 'blue'
}

export function isDayOff(kode: string): boolean {
  const codes = codesOf(kode)
  return codes.length > 0 && codes.every((code) => code === 'L' || code === 'CBer')
}

/** 95 → `1 jam 35 menit`. */
export function minutesLabel(minutes: number): string {
  const whole = Math.max(0, Math.trunc(minutes))
  const hours = Math.floor(whole / 60)
  const rest = whole % 60
  const words = t.calendar
  if (hours === 0) return words.minutes(rest)
  return rest === 0 ? words.hours(hours) : `${words.hours(hours)} ${words.minutes(rest)}`
}

/** As the language writes it: 1,25 in Indonesian; no zeros behind it. */
export function numberLabel(value: number): string {
  return String(Math.round(value * 100) / 100).replace('.', t.calendar.decimal)
}

export interface MonthSummary {
  present: number
  absent: number
  /** Days on leave, ill, on duty elsewhere or studying. */
  excused: number
  late: number
  early: number
}

/** Sums over the computed days; a day with several codes counts as present if one of them says so. */
export function summarize(days: Array<DayResult | null | undefined>): MonthSummary {
  const sum: MonthSummary = { present: 0, absent: 0, excused: 0, late: 0, early: 0 }
  for (const day of days) {
    const codes = codesOf(day?.kode ?? '')
    if (!day || codes.length === 0 || isDayOff(day.kode)) continue
    sum.late += day.menit_terlambat
    sum.early += day.menit_pulang_cepat
    if (codes.some((code) => code === 'H' || LEVELS.test(code))) sum.present += 1
    else if (codes.includes('TK')) sum.absent += 1
    else sum.excused += 1
  }
  return sum
}
