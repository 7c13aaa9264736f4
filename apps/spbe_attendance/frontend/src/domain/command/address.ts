/** What the address of the page carries: the day, the unit, a state, the wall. Never anything of a person. */
import type { State } from '@/types/pemantauan'
import { isState } from './states'

export interface Place {
  /** Empty: today. */
  tanggal: string
  /** Empty: the top that the reader may see. */
  opd: string
  /** Empty: no names are shown. */
  keadaan: State | 'semua' | ''
  dinding: boolean
}

export type Query = Record<string, string | null | undefined | (string | null)[]>

const text = (value: Query[string]): string => (typeof value === 'string' ? value.trim() : '')

/** Whatever stands there; what makes no sense counts as not there. */
export function readAddress(query: Query): Place {
  const keadaan = text(query['keadaan'])
  return {
    tanggal: isDay(text(query['tanggal'])) ? text(query['tanggal']) : '',
    opd: text(query['opd']).slice(0, 140),
    keadaan: keadaan === 'semua' || isState(keadaan) ? keadaan : '',
    dinding: text(query['dinding']) === '1',
  }
}

/** Only what differs from the page as it opens. */
export function writeAddress({ tanggal, opd, keadaan, dinding }: Place): Record<string, string> {
  return {
    ...(tanggal && { tanggal }),
    ...(opd && { opd }),
    ...(keadaan && { keadaan }),
    ...(dinding && { dinding: '1' }),
  }
}

export function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

/** That many days later; before when negative. */
export function shiftDay(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
