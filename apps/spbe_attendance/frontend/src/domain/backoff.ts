/** When to try again. */

const FIRST_MS = 2000
const LONGEST_MS = 5 * 60_000
/** No server keeps a phone away for longer, whatever it says; nor does a clock that was set. */
export const HOUR_MS = 3_600_000

/**
 * Milliseconds to wait after that many failed tries: doubled each time, half of it by chance, so that phones
 * which lost the same mast do not all come back in the same second. `chance`: 0 … 1.
 */
export function waitBefore(tries: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(tries, 1) - 1, 20))
  return Math.round(full / 2 + (full / 2) * chance)
}

/** Retry-After in milliseconds, from seconds or an HTTP date (RFC 9110, 10.2.3); null when it says nothing. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Math.min(HOUR_MS, Number(text) * 1000)
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(date) ? null : Math.min(HOUR_MS, Math.max(0, date - now))
}

/** Whether that moment has come; one farther off than an hour was noted by a clock that has been set since. */
export function isDue(moment: number, now: number): boolean {
  return moment <= now || moment - now > HOUR_MS
}
