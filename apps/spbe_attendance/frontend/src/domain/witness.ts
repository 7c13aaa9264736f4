/** Rules of the forms for a punch on somebody else's device; the server has the last word. */
import { clientId } from './clientId'

export const PIN_DIGITS = 6

/** People copy a NIP with the blanks of the card. */
export function compactNumber(text: string): string {
  return text.replace(/\s+/g, '')
}

export function isPin(text: string): boolean {
  return /^\d{6}$/.test(text)
}

/** Digits only, at most that many: what a keyboard, a paste or a scanner adds is left out. */
export function digitsOf(text: string, most: number = PIN_DIGITS): string {
  return text.replace(/\D/g, '').slice(0, most)
}

/**
 * One id for one punch: sending the same again is the same punch, whoever answered or not. Another person, another kind or another
 * photo is another one, for the first may have arrived.
 */
export function idKeeper(make: () => string = clientId): (...facts: string[]) => string {
  let known = ''
  let id = ''
  return (...facts) => {
    const wanted = JSON.stringify(facts)
    if (wanted !== known) [known, id] = [wanted, make().toLowerCase()]
    return id
  }
}
