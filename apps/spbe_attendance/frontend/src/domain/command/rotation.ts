/** What a wall shows when: nobody touches it, so it turns by itself. */

export const SCENES = ['kabupaten', 'unit', 'peta', 'apel'] as const
export type Scene = (typeof SCENES)[number]

/** Milliseconds that a scene stays. */
export const STAY_MS = 15_000
/** The picture moves this often, and never farther than this share of the height, so that nothing burns in. */
export const DRIFT_EVERY_MS = 60_000
export const DRIFT = 0.006

/** The scenes that have something to say. The regency always does. */
export function scenes(has: { units: number; places: number; arrivals: boolean }): Scene[] {
  return SCENES.filter(
    (scene) =>
      scene === 'kabupaten' ||
      (scene === 'unit' && has.units > 0) ||
      (scene === 'peta' && has.places > 0) ||
      (scene === 'apel' && has.arrivals),
  )
}

/** The scene after this one; the first when it is not among them any more. */
export function after(scene: Scene, all: readonly Scene[], steps = 1): Scene {
  const at = all.indexOf(scene)
  return at < 0 ? all[0]! : all[(at + steps + all.length) % all.length]!
}

/** Shares of the height to move right and down: round a small square, one corner after the other. */
export function drift(elapsedMs: number): { x: number; y: number } {
  const corner = Math.floor(elapsedMs / DRIFT_EVERY_MS) % 4
  return { x: corner === 1 || corner === 2 ? DRIFT : 0, y: corner >= 2 ? DRIFT : 0 }
}
