/** When a page sends: at once after a capture, when the network or the person comes back, and by the clock. */
import { HOUR_MS, waitBefore } from '@/domain/backoff'
import { knownToken } from '@/data/http'
import { drain, type Known } from './drain'
import { queue } from './list'
import { openPayload, sealPayload } from './seal'
import { deleteEntry, store, updateEntry, type Entry } from './store'
import { changed } from './changes'

export const SYNC_TAG = 'absen-antrean'

let timer: ReturnType<typeof setTimeout> | undefined
let failures = 0
let again = false

/** Tries now. `hurry`: without waiting for our own patience to end. Never throws. */
export async function sendNow(hurry = true): Promise<void> {
  clearTimeout(timer)
  // True may be wrong, false is not; the event that ends it calls again.
  if (!navigator.onLine) return
  const result = await drain(hurry, knownSession()).catch(() => ({ next: null, reached: false }))
  if (result === null) {
    // Somebody is at it: what came in meanwhile may be behind them already.
    again ||= hurry
    timer = setTimeout(() => void sendNow(again), 1500)
    return
  }
  again = false
  failures = result.reached ? 0 : failures + 1
  const wait = result.reached ? result.next && result.next - Date.now() : waitBefore(failures, Math.random())
  if (wait === null) return
  timer = setTimeout(() => void sendNow(false), Math.min(Math.max(wait, 1000), HOUR_MS))
}

function knownSession(): Known | null {
  const csrf = knownToken()
  return csrf && queue.person ? { pegawai: queue.person, csrf } : null
}

/** Once per page. */
export function keepSending(): void {
  window.addEventListener('online', () => void sendNow())
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && void sendNow(),
  )
  void sendNow()
}

/** After a capture: also when this page is closed before there is a network again. */
export async function askForSync(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.ready
    const { sync } = registration as ServiceWorkerRegistration & {
      sync?: { register(tag: string): Promise<void> }
    }
    await sync?.register(SYNC_TAG)
  } catch {
    // Not in this browser, or not allowed: the page sends when it is open.
  }
}

/** A refused entry once more, with a reason; the same id, the same evidence. */
export async function sendWithReason(id: string, alasan: string): Promise<void> {
  const entry = await (await store()).get('queue', id)
  const person = entry && (await (await store()).get('people', entry.person))
  if (!entry || !person?.seal) return
  const payload = await openPayload(person.seal, id, entry.sealed)
  const next = { ...payload, punch: { ...payload.punch, alasan }, sentence: '', excType: '' }
  await put(id, { sealed: await sealPayload(person.seal, id, next), state: 'menunggu', nextTry: 0 })
}

export function sendPhotoAgain(id: string): Promise<void> {
  return put(id, { photo: 'waiting', nextTry: 0 })
}

async function put(id: string, changes: Partial<Entry>): Promise<void> {
  await updateEntry(id, () => changes)
  changed()
  await sendNow()
}

/** The person gives it up. */
export async function discard(id: string): Promise<void> {
  await deleteEntry(id)
  changed()
}
