/** The server's time, with this page's clocks around it. */
import type { Anchor } from '@/evidence/entry'
import { updatePerson, type Person } from './store'

/** Counters of the browser start anew with every page. */
export const pageLife = crypto.randomUUID?.() ?? ''

let own: { person: string; anchor: Anchor } | null = null

export interface Readings {
  /** performance.now() before and after, Date.now() after. */
  t0: number
  t1: number
  wall: number
}

/** In this page, at once. Null: punches without a network are not taken. */
export function holdAnchor(person: string, token: string | null, readings: Readings): void {
  own = token === null ? null : { person, anchor: { token, ...readings, life: pageLife } }
}

/** Whether this page has met the server's time. */
export function holdsAnchor(person: string): boolean {
  return own?.person === person
}

/** For a page that starts without a network. */
export async function keepAnchor(person: string): Promise<void> {
  await updatePerson(person, { anchor: own?.person === person ? own.anchor : null })
}

/** One whose counters this page can read, before a newer one of another page. */
export function anchorFor(person: Person): Anchor | null {
  return own?.person === person.name ? own.anchor : person.anchor
}
