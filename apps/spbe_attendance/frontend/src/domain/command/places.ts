/** Places of attendance on the map and in the list beside it. No position of a person is known here. */
import type { Place, PlaceState, State } from '@/types/pemantauan'

/** What needs a look comes first. */
export const PLACE_STATES = ['senyap', 'sebagian', 'ramai', 'tenang'] as const satisfies readonly PlaceState[]

/** A place is drawn in the colour and texture of this state of people. */
export const LOOKS: Record<PlaceState, State> = {
  ramai: 'tepat',
  sebagian: 'terlambat',
  senyap: 'senyap',
  tenang: 'bebas',
}

export interface Strength {
  hadir: number
  /** Null when nobody is known to belong there. */
  diharapkan: number | null
  keadaan: PlaceState
}

/** Share of those expected who are there, 0 … 1; null where nobody is expected. */
export function strength({ hadir, diharapkan }: Strength): number | null {
  return diharapkan ? Math.min(1, hadir / diharapkan) : null
}

/** The server's: from this share on a place is called busy. */
const BUSY = 0.8

/** Several places as one: their people added. Silent where all who are waited for are silent, busy only where none is. */
export function together(places: readonly Strength[]): Strength {
  const expected = places.map(({ diharapkan }) => diharapkan).filter((value) => value !== null)
  const sum = {
    hadir: places.reduce((people, { hadir }) => people + hadir, 0),
    diharapkan: expected.length > 0 ? expected.reduce((people, value) => people + value, 0) : null,
  }
  return {
    ...sum,
    keadaan: stateOf(
      places.map(({ keadaan }) => keadaan),
      sum,
    ),
  }
}

function stateOf(states: PlaceState[], sum: { hadir: number; diharapkan: number | null }): PlaceState {
  const waited = states.filter((state) => state !== 'tenang')
  if (waited.length === 0) return 'tenang'
  if (waited.every((state) => state === 'senyap')) return 'senyap'
  const full = sum.diharapkan === null || sum.hadir >= BUSY * sum.diharapkan
  return full && !waited.includes('senyap') ? 'ramai' : 'sebagian'
}

/** Silent ones first, then the emptiest; by name where they are alike. */
export function listed(places: readonly Place[]): Place[] {
  const rank = (place: Place) => PLACE_STATES.indexOf(place.keadaan)
  return [...places].sort(
    (a, b) =>
      rank(a) - rank(b) || (strength(a) ?? 2) - (strength(b) ?? 2) || a.nama.localeCompare(b.nama, 'id'),
  )
}

/** Pixels; the area grows with the people. */
export function radius({ hadir, diharapkan }: Strength): number {
  return Math.min(26, 9 + Math.sqrt(Math.max(hadir, diharapkan ?? 0)) * 0.9)
}

/** Those whose position makes sense: a broken one must not stretch the map to the equator's end. */
export function drawable(places: readonly Place[]): Place[] {
  return places.filter(
    ({ latitude, longitude }) =>
      Number.isFinite(latitude) &&
      Number.isFinite(longitude) &&
      Math.abs(latitude) <= 90 &&
      Math.abs(longitude) <= 180 &&
      (latitude !== 0 || longitude !== 0),
  )
}
