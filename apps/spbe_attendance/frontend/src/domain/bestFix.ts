import { toLocal } from './geo'

/** A position of the device. */
export interface Fix {
  lat: number
  lon: number
  /** Radius in metres. */
  accuracy: number
  /** Reading of the monotonic counter when it came. */
  at: number
}

/** A good fix stays good for this long while the person stands still. */
export const KEEP_FOR_MS = 30_000

/** The better of the kept fix and the new one: sharper, or the kept one is old, or the person has moved. */
export function betterFix(kept: Fix | null, next: Fix): Fix {
  if (!kept) return next
  const stale = next.at - kept.at > KEEP_FOR_MS
  const moved = metresBetween(kept, next) > kept.accuracy + next.accuracy
  return stale || moved || next.accuracy <= kept.accuracy ? next : kept
}

function metresBetween(a: Fix, b: Fix): number {
  const { x, y } = toLocal(b, a)
  return Math.hypot(x, y)
}
