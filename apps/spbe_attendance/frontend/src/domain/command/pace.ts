/** How often the server is asked, so that many screens do not ask at the same moment. `chance`: 0 … 1. */
import { waitBefore } from '@/domain/backoff'

/** Without a socket: every 15 s, up to 3 s sooner or later. */
export function pollAfterMs(chance: number): number {
  return Math.round(15_000 + (chance * 2 - 1) * 3000)
}

/** After a tick, for what a tick does not carry (curves, reasons, apel): within 6 to 14 s, once for all ticks until then. */
export function followAfterMs(chance: number): number {
  return Math.round(6000 + chance * 8000)
}

/** With a quiet socket, too: limits pass by the clock, and nobody sends a tick for them. */
export function refreshAfterMs(chance: number): number {
  return Math.round(45_000 + chance * 15_000)
}

/** After a failed question: longer each time, a minute at most. */
export function retryAfterMs(tries: number, chance: number): number {
  return Math.min(60_000, waitBefore(tries, chance))
}
