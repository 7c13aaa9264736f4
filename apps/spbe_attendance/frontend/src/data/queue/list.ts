/** The queue as the screens show it. */
import { computed, reactive } from 'vue'
import { onChange } from './changes'
import { openPayload } from './seal'
import { entriesOf, store, type Entry, type Payload } from './store'

export interface Shown extends Pick<Entry, 'id' | 'state' | 'photo' | 'nextTry' | 'notBefore' | 'doneAt'> {
  hasPhoto: boolean
  /** Null when it was closed with a key that is no more. */
  payload: Payload | null
}

const state = reactive({ person: '', rows: [] as Shown[], broken: false })

/** Whatever of this person is on the phone, what is through for a moment too. */
export const queue = state

/** Not at the server yet: to be sent, or refused and still to be settled. */
export const unsent = computed(() => state.rows.filter((row) => row.state !== 'terkirim'))
export const waiting = computed(() => unsent.value.filter((row) => row.state !== 'ditolak'))
/** Punches that are in, with a photo that is not. */
export const photosWaiting = computed(() =>
  state.rows.filter((row) => row.state === 'terkirim' && row.doneAt === null),
)

export function entryShown(id: string): Shown | undefined {
  return state.rows.find((row) => row.id === id)
}

/** Whose queue is shown; empty for nobody. */
export async function showQueueOf(person: string): Promise<void> {
  state.person = person
  await refresh()
}

let asked = 0

async function refresh(): Promise<void> {
  const turn = ++asked
  const rows = state.person ? await read(state.person) : []
  // A later look is already on its way, or there.
  if (turn === asked) state.rows = rows
}

async function read(name: string): Promise<Shown[]> {
  try {
    const person = await (await store()).get('people', name)
    const entries = person?.seal ? await entriesOf(name) : []
    state.broken = false
    return await Promise.all(entries.map((entry) => shown(entry, person?.seal ?? null)))
  } catch {
    // A browser that keeps nothing; punches go straight to the server there.
    state.broken = true
    return []
  }
}

async function shown(entry: Entry, seal: CryptoKey | null): Promise<Shown> {
  const { id, state, photo, nextTry, notBefore, doneAt, sealed } = entry
  const payload = seal && (await openPayload(seal, id, sealed).catch(() => null))
  return { id, state, photo, nextTry, notBefore, doneAt, hasPhoto: photo !== 'none', payload }
}

onChange(() => void refresh())
