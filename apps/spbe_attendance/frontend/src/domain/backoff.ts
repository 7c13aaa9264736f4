/** Milliseconds to wait before try number `tries` + 1; null when it is the person's turn. */
export function waitBefore(tries: number): number | null {
  return [1000, 2000, 4000, 8000, 15_000, 30_000][tries - 1] ?? null
}
