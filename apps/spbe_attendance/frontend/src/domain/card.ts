/** What a month's card adds up to. */
import { codeLabel, codesOf } from './rekap'

export interface CardDay {
  kode: string
  terlambat: number
  cepat: number
  persen: number
}

export interface CardTotals {
  /** How many days carry each code, in the order of their first day. */
  codes: Array<[code: string, days: number]>
  late: number
  early: number
}

/** The printed card parts codes by a space. */
export function printedCodes(kode: string): string[] {
  return codesOf(kode.replaceAll(' ', ','))
}

export function cardTotals(days: CardDay[]): CardTotals {
  const codes = new Map<string, number>()
  let late = 0
  let early = 0
  for (const day of days) {
    for (const code of printedCodes(day.kode)) codes.set(code, (codes.get(code) ?? 0) + 1)
    late += day.terlambat
    early += day.cepat
  }
  return { codes: [...codes], late, early }
}

/** The code and what it means: `H · Hadir`; the code alone where it has no words. */
export function codeWords(code: string): string {
  const words = codeLabel(code)
  return words === code || words.includes(`(${code})`) ? words : `${code} · ${words}`
}
