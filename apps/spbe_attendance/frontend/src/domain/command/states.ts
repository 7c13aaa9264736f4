/** The nine states of a person's day: their order, their signs, and what is counted of them. */
import type { Counts, State } from '@/types/pemantauan'

/** From surely present to surely not: the order of bars, tiles and legends. */
export const STATES = [
  'tepat',
  'terlambat',
  'izin',
  'belum_waktunya',
  'belum',
  'tertunda',
  'senyap',
  'alpa',
  'bebas',
] as const satisfies readonly State[]

/** The states in which nothing is decided yet, or nothing can be known. */
export const DOUBTFUL: readonly State[] = ['belum', 'tertunda', 'senyap']

export type Texture = 'plain' | 'rising' | 'dots' | 'grid' | 'falling' | 'hollow'

/** No state is told by its colour alone: each has a texture in bars and an icon beside its words. */
export const SIGNS: Record<State, { icon: string; texture: Texture }> = {
  tepat: { icon: 'lucide-check', texture: 'plain' },
  terlambat: { icon: 'lucide-clock-alert', texture: 'rising' },
  izin: { icon: 'lucide-file-check', texture: 'plain' },
  belum_waktunya: { icon: 'lucide-hourglass', texture: 'hollow' },
  belum: { icon: 'lucide-circle-help', texture: 'falling' },
  tertunda: { icon: 'lucide-cloud-off', texture: 'dots' },
  senyap: { icon: 'lucide-wifi-off', texture: 'grid' },
  alpa: { icon: 'lucide-x', texture: 'plain' },
  bebas: { icon: 'lucide-coffee', texture: 'hollow' },
}

export function isState(value: unknown): value is State {
  return STATES.some((state) => state === value)
}

/** People of whom work is expected on this day: neither free nor excused. */
export function due(counts: Counts): number {
  return Math.max(0, counts.pegawai - counts.bebas - counts.izin)
}

/** Of those who are due, how many are there, in percent rounded down; null when nobody is due. */
export function presence(counts: Counts): number | null {
  const expected = due(counts)
  return expected === 0 ? null : Math.min(100, Math.floor((100 * counts.hadir) / expected))
}

/** People of whom it is not known whether they are there. */
export function unsure(counts: Counts): number {
  return counts.tertunda + counts.senyap
}

/** The states that occur, with their numbers, in the order of the bar. */
export function occurring(counts: Counts): Array<{ state: State; count: number }> {
  return STATES.map((state) => ({ state, count: counts[state] })).filter(({ count }) => count > 0)
}

/** Left edge and width of each segment in percent of the bar; those of a person or two stay visible. */
export function segments(counts: Counts, least = 0.6): Array<{ state: State; left: number; width: number }> {
  const shown = occurring(counts)
  const total = shown.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return []
  const raw = shown.map(({ count }) => Math.max(least, (100 * count) / total))
  const scale = 100 / raw.reduce((sum, width) => sum + width, 0)
  let left = 0
  return shown.map(({ state }, index) => {
    const segment = { state, left, width: raw[index]! * scale }
    left += segment.width
    return segment
  })
}
