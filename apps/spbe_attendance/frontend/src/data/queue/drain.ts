/** Sends what waits, in the order of capture. Runs in a page or in the service worker, never in two places at once. */
import { HOUR_MS, isDue, waitBefore } from '@/domain/backoff'
import { publicKey, registration, sign } from '@/evidence/key'
import type { Penerimaan } from '@/types/api'
import { AT_ONCE, exchange, type Answer, type Call, type Refusal, type SessionAnswer } from '@/data/wire'
import { changed } from './changes'
import { homelessPhoto } from './homeless'
import { ifFree } from './locks'
import { keptSession } from './people'
import { openBytes, openPayload, photoLabel, sealPayload } from './seal'
import {
  allEntries,
  deleteEntry,
  entriesOf,
  isFull,
  isOpen,
  store,
  storeIfThere,
  updateEntry,
  updatePerson,
  type Entry,
  type Payload,
  type Person,
} from './store'

const API = 'spbe_attendance.api'
/** What is through stays this long for the page that shows it. */
const SHOWN_MS = 60_000

export interface Drained {
  /** Moment of the wall clock at which a try makes sense; null when nothing waits for one. */
  next: number | null
  /** False when the server did not even say who is logged in. */
  reached: boolean
}

/** Who the server has said is logged in. */
export interface Known {
  pegawai: string
  csrf: string
}

/** The way to the server as one person. */
interface Courier {
  person: Person & { seal: CryptoKey }
  csrf: string | null
}

/**
 * `hurry`: do not wait for our own patience to end (there is a network again, or the person asks); what the server
 * asked for is respected all the same. `known`: spares the question who is logged in; its token fits no other session.
 * Null when another page or the worker is at it.
 */
export function drain(hurry: boolean, known: Known | null = null): Promise<Drained | null> {
  return ifFree('absen-kirim', async () => {
    if (!(await anythingToSend())) return { next: null, reached: true }
    const courier = (await courierFor(known ?? (await knownLast()))) ?? (await whoIsHere())
    if (courier === 'silent') return { next: null, reached: false }
    if (!courier) return { next: null, reached: true }
    await cleanUp(courier.person.name)
    try {
      await register(courier)
      await sendPunches(courier, hurry)
      await sendPhotos(courier, hurry)
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
    }
    return { next: await nextMoment(courier.person.name), reached: true }
  })
}

/** The server does not answer, or somebody else is logged in: the rest keeps its place. */
class Interrupted extends Error {}

async function courierFor(known: Known | null): Promise<Courier | null> {
  const person = known && (await (await store()).get('people', known.pegawai))
  return person?.seal ? { person: { ...person, seal: person.seal }, csrf: known?.csrf ?? null } : null
}

/** What the server said in an earlier life of the app; a session that has ended since refuses its token. */
async function knownLast(): Promise<Known | null> {
  const kept = await keptSession()
  return kept?.csrf ? { pegawai: kept.pegawai, csrf: kept.csrf } : null
}

/** Null when nobody is logged in whose entries could be opened. */
async function whoIsHere(): Promise<Courier | null | 'silent'> {
  const answer = await exchange<SessionAnswer>(`${API}.sesi.info`, AT_ONCE, null)
  if (answer.kind !== 'ok') return 'silent'
  const { pegawai, csrf_token: csrf } = answer.message
  return pegawai && courierFor({ pegawai: pegawai.name, csrf: csrf ?? '' })
}

/** Of somebody whose seal is here: what is closed asks the server nothing, and disturbs nobody else's log-in. */
async function anythingToSend(): Promise<boolean> {
  const db = await storeIfThere()
  if (!db) return false
  const open = new Set((await db.getAll('people')).filter(({ seal }) => seal).map(({ name }) => name))
  return (await allEntries(db)).some((entry) => open.has(entry.person) && wantsSending(entry))
}

function wantsSending(entry: Entry): boolean {
  return isOpen(entry) && entry.state !== 'ditolak' && entry.photo !== 'failed'
}

async function cleanUp(person: string): Promise<void> {
  for (const { id, doneAt } of await entriesOf(person))
    if (doneAt !== null && Math.abs(Date.now() - doneAt) > SHOWN_MS) await deleteEntry(id)
}

/** A token that has run out is fetched anew once. */
async function ask<T>(courier: Courier, name: string, options: Call): Promise<Answer<T>> {
  const answer = await exchange<T>(`${API}.${name}`, options, courier.csrf)
  if (answer.kind !== 'refused' || answer.excType !== 'CSRFTokenError') return answer
  await stillHere(courier)
  return exchange<T>(`${API}.${name}`, options, courier.csrf)
}

/** Raises Interrupted when the session is not this person's any more. */
async function stillHere(courier: Courier): Promise<void> {
  const now = await whoIsHere()
  if (now === 'silent' || now?.person.name !== courier.person.name) throw new Interrupted()
  courier.csrf = now.csrf
}

/** The server must know the key before it can check what the key has signed. */
async function register(courier: Courier): Promise<void> {
  const { name, keys, thumbprint, registered } = courier.person
  if (registered) return
  const waiting = (await entriesOf(name)).some(({ state }) => state === 'menunggu' || state === 'mengirim')
  if (waiting) await registerKey(courier, keys, thumbprint)
}

async function registerKey(courier: Courier, keys: CryptoKeyPair, print: string): Promise<Answer<unknown>> {
  const fresh = await ask<{ jangkar: string | null }>(courier, 'perangkat.jangkar', {})
  if (fresh.kind !== 'ok' || !fresh.message.jangkar) return fresh
  return sendKey(courier, keys, print, fresh.message.jangkar)
}

async function sendKey(
  courier: Courier,
  keys: CryptoKeyPair,
  print: string,
  anchor: string,
): Promise<Answer<unknown>> {
  const json = {
    kunci: await publicKey(keys.publicKey),
    nama: /\(([^)]*)\)/.exec(navigator.userAgent)?.[1]?.slice(0, 140) ?? '',
    jangkar: anchor,
    tanda_tangan: await sign(keys.privateKey, registration(anchor, print)),
  }
  const answer = await ask(courier, 'perangkat.daftar', { method: 'POST', json })
  if (answer.kind === 'ok') await noteRegistered(courier)
  return answer
}

/** On a full phone it stays unknown that the key is known, and the server is told once more. */
async function noteRegistered(courier: Courier): Promise<void> {
  courier.person.registered = true
  await updatePerson(courier.person.name, { registered: true }).catch((error: unknown) => {
    if (!isFull(error)) throw error
  })
}

/** At the first anchor already: a key that was known before the capture proves more. Never throws. */
export async function registerEarly(name: string, anchor: string, csrf: string | null): Promise<void> {
  const person = await (await store()).get('people', name)
  if (!person?.seal || person.registered) return
  const courier = { person: { ...person, seal: person.seal }, csrf }
  await sendKey(courier, person.keys, person.thumbprint, anchor).catch(() => undefined)
}

async function sendPunches(courier: Courier, hurry: boolean): Promise<void> {
  for (const entry of await entriesOf(courier.person.name)) {
    // `mengirim` of somebody who is gone: whoever holds the lock is the only one who sends.
    if (entry.state !== 'menunggu' && entry.state !== 'mengirim') continue
    // In their order: none overtakes one that waits.
    if (!mayTry(entry, hurry)) break
    const payload = await openPayload(courier.person.seal, entry.id, entry.sealed).catch(() => null)
    // Closed with a key that is no more: it stays, and the list says so.
    if (!payload) continue
    await mark(entry.id, { state: 'mengirim', tries: entry.tries + 1 })
    try {
      await took(courier, entry, payload, await sendPunch(courier, payload))
    } catch (error) {
      // Whatever stopped it: nobody is sending it now. One that is through or refused keeps its state.
      await updateEntry(entry.id, ({ state }) => (state === 'mengirim' ? { state: 'menunggu' } : null))
      throw error
    }
  }
}

/** A key that the server does not know (any more) is registered, and the same entry sent once again. */
async function sendPunch(courier: Courier, { punch }: Payload): Promise<Answer<Penerimaan>> {
  const options: Call = { method: 'POST', json: punch }
  const answer = await ask<Penerimaan>(courier, 'absensi.catat', options)
  if (answer.kind !== 'refused' || answer.excType !== 'PerangkatTidakDikenal') return answer
  const { keys, thumbprint } = courier.person
  const registered = await registerKey(courier, keys, thumbprint)
  // No time for the key is no word on the punch.
  if (registered.kind !== 'ok' && !isFinal(registered)) return registered
  return ask<Penerimaan>(courier, 'absensi.catat', options)
}

async function took(
  courier: Courier,
  entry: Entry,
  payload: Payload,
  answer: Answer<Penerimaan>,
): Promise<void> {
  if (answer.kind === 'ok') {
    const receipt = { ...payload, receipt: answer.message, sentence: '', excType: '' }
    const done = entry.photo === 'none' || (entry.photo === 'lost' && !homelessPhoto(entry.id))
    await mark(entry.id, {
      state: 'terkirim',
      tries: 0,
      nextTry: 0,
      notBefore: 0,
      sealed: await sealPayload(courier.person.seal, entry.id, receipt),
      doneAt: done ? Date.now() : null,
    })
  } else if (isFinal(answer)) {
    await refuse(courier, entry, { ...payload, ...words(answer) })
  } else {
    await later(entry, answer)
    throw new Interrupted()
  }
}

async function refuse(courier: Courier, entry: Entry, payload: Payload): Promise<void> {
  // A session that has ended is refused with the same numbers: only a look at it tells them apart.
  await stillHere(courier)
  await mark(entry.id, {
    state: 'ditolak',
    sealed: await sealPayload(courier.person.seal, entry.id, payload),
  })
}

async function sendPhotos(courier: Courier, hurry: boolean): Promise<void> {
  for (const entry of await entriesOf(courier.person.name)) {
    if (entry.state !== 'terkirim' || entry.doneAt !== null || entry.photo === 'failed') continue
    if (!mayTry(entry, hurry)) continue
    const photo = await photoOf(courier, entry)
    if (!photo) {
      await mark(entry.id, { photo: 'lost', doneAt: Date.now() })
      continue
    }
    await mark(entry.id, { tries: entry.tries + 1 })
    const form = new FormData()
    form.append('id_klien', entry.id)
    form.append('foto', photo, 'foto.jpg')
    const answer = await ask(courier, 'absensi.unggah_foto', { method: 'POST', form, patience: 60_000 })
    await tookPhoto(courier, entry, answer)
  }
}

async function photoOf({ person }: Courier, entry: Entry): Promise<Blob | null> {
  if (!entry.sealedPhoto) return homelessPhoto(entry.id) ?? null
  try {
    return new Blob([await openBytes(person.seal, photoLabel(entry.id), entry.sealedPhoto)])
  } catch {
    return null
  }
}

async function tookPhoto(courier: Courier, entry: Entry, answer: Answer<unknown>): Promise<void> {
  if (answer.kind === 'ok') {
    await mark(entry.id, { photo: 'sent', sealedPhoto: null, doneAt: Date.now() })
  } else if (isFinal(answer)) {
    await stillHere(courier)
    const payload = await openPayload(courier.person.seal, entry.id, entry.sealed)
    const told = { ...payload, photoSentence: answer.sentences.join(' ') }
    await mark(entry.id, {
      photo: 'failed',
      sealed: await sealPayload(courier.person.seal, entry.id, told),
    })
  } else {
    await later(entry, answer)
    throw new Interrupted()
  }
}

/** A refusal by name; everything else may go another way the next time. */
function isFinal(answer: Answer<unknown>): answer is Refusal {
  const passing = [408, 425, 429]
  return answer.kind === 'refused' && answer.spoken && answer.status < 500 && !passing.includes(answer.status)
}

function words({ sentences, excType }: Refusal): Pick<Payload, 'sentence' | 'excType'> {
  return { sentence: sentences.join(' '), excType }
}

async function later(entry: Entry, answer: Answer<unknown>): Promise<void> {
  const now = Date.now()
  const asked = answer.kind === 'refused' ? answer.retryAfter : null
  // Told to many at once, so spread, but never earlier.
  const notBefore = asked === null ? 0 : now + asked + Math.round(Math.random() * Math.min(asked, 5000))
  await mark(entry.id, {
    ...(entry.state === 'terkirim' ? {} : { state: 'menunggu' as const }),
    nextTry: now + waitBefore(entry.tries + 1, Math.random()),
    notBefore,
  })
}

function mayTry(entry: Entry, hurry: boolean): boolean {
  const now = Date.now()
  return isDue(entry.notBefore, now) && (hurry || isDue(entry.nextTry, now))
}

/** The first punch that waits holds back all behind it; photos go each on their own. */
async function nextMoment(person: string): Promise<number | null> {
  const now = Date.now()
  const entries = (await entriesOf(person)).filter(wantsSending)
  const photos = entries.filter(({ state }) => state === 'terkirim')
  const next = [...photos, ...entries.filter(({ state }) => state !== 'terkirim').slice(0, 1)]
  const moments = next
    .map(({ nextTry, notBefore }) => Math.max(nextTry, notBefore))
    .map((moment) => (moment - now > HOUR_MS ? now : moment))
  return moments.length > 0 ? Math.max(now + 1000, Math.min(...moments)) : null
}

async function mark(id: string, changes: Partial<Entry>): Promise<void> {
  await updateEntry(id, () => changes)
  changed()
}
