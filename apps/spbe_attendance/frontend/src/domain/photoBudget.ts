/** How a photo is brought under its size limit. */
export interface Attempt {
  /** Longest side in pixels. */
  side: number
  /** JPEG quality. */
  quality: number
}

/** From best to smallest; the first that fits is taken. */
export function photoAttempts(longestSide: number): Attempt[] {
  const sides = [Math.min(720, longestSide), 560, 420, 320].filter((side) => side <= longestSide)
  return [...new Set(sides)].flatMap((side) => [0.8, 0.65, 0.5].map((quality) => ({ side, quality })))
}

/** A letter must stay readable: larger than a face, within a larger limit. */
export function letterAttempts(): Attempt[] {
  return [1800, 1400, 1000].flatMap((side) => [0.8, 0.65, 0.5].map((quality) => ({ side, quality })))
}

export function fitsBudget(bytes: number, kilobytes: number): boolean {
  return bytes > 0 && bytes <= kilobytes * 1024
}

/** Width and height scaled down to the longest side, never up. */
export function scaledSize(width: number, height: number, side: number): { width: number; height: number } {
  const factor = Math.min(1, side / Math.max(width, height, 1))
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  }
}
