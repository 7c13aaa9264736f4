/** The people of this phone: their keys come with the log-in, and what is readable goes with the log-out. */
import { makeKey, publicKey, thumbprint } from '@/evidence/key'
import { speak, spokenLanguage, type SessionAnswer } from '@/data/wire'
import { importSeal } from './seal'
import {
  allEntries,
  closeStore,
  DATABASE,
  deleteEntry,
  isFull,
  isOpen,
  store,
  storeIfThere,
  type Database,
  type KeptSession,
  type Person,
} from './store'

/** Called with every answer of sesi.info; a guest's seals what is there. */
export async function rememberSession(info: SessionAnswer): Promise<void> {
  const { pegawai, kunci_segel: seal, csrf_token: csrf } = info
  if (!pegawai || !seal) {
    if (info.user === 'Guest') await sealAway()
    return
  }
  await keepPerson(pegawai.name, initialsOf(pegawai.nama), await importSeal(seal))
  const session: KeptSession = { pegawai: pegawai.name, nama: pegawai.nama, csrf }
  await (await store()).put('misc', session, 'session')
  await rememberLanguage()
}

/** For the service worker, which has no screen; on a phone where nothing is kept there is nothing that it sends. */
export async function rememberLanguage(): Promise<void> {
  await (await storeIfThere())?.put('misc', spokenLanguage(), 'language')
}

/** In the service worker: refusals of what it sends are read on the screen later. */
export async function speakAsRemembered(): Promise<void> {
  const language = await (await storeIfThere())?.get('misc', 'language')
  if (typeof language === 'string') speak(language)
}

async function keepPerson(name: string, initials: string, seal: CryptoKey): Promise<void> {
  const known = await (await store()).get('people', name)
  // A full phone writes nothing that stands there already.
  if (known?.seal && known.initials === initials) return
  // A key is made outside of the transaction: IndexedDB does not wait for it.
  const keys = known?.keys ?? (await makeKey())
  const print = known?.thumbprint ?? (await thumbprint(await publicKey(keys.publicKey)))
  const tx = (await store()).transaction('people', 'readwrite')
  const person = await tx.store.get(name)
  // The seal that is there stays: entries were closed with it.
  if (person) await tx.store.put({ ...person, initials, seal: person.seal ?? seal })
  else await tx.store.add({ ...blank(name, initials), keys, thumbprint: print, seal })
  await tx.done
}

function blank(name: string, initials: string): Omit<Person, 'keys' | 'thumbprint' | 'seal'> {
  return { name, initials, registered: false, anchor: null, n: 0, h: '', order: 0 }
}

/** Who was logged in when there was a network last; null for nobody, or where nothing can be kept. */
export async function keptSession(): Promise<KeptSession | null> {
  try {
    return ((await (await storeIfThere())?.get('misc', 'session')) as KeptSession | undefined) ?? null
  } catch {
    return null
  }
}

/**
 * After a log-out or the end of a session: entries that wait stay, closed; everything else goes.
 * True when something stays.
 */
export async function sealAway(): Promise<boolean> {
  const db = await storeIfThere()
  if (!db) return false
  const waiting = new Set<string>()
  for (const entry of await allEntries(db)) {
    if (isOpen(entry)) waiting.add(entry.person)
    else await deleteEntry(entry.id)
  }
  // First what needs no room: on a full phone it makes some for the rest.
  const tx = db.transaction(['people', 'kept', 'misc'], 'readwrite')
  for (const name of await tx.objectStore('people').getAllKeys())
    if (!waiting.has(name)) await tx.objectStore('people').delete(name)
  await tx.objectStore('kept').clear()
  await tx.objectStore('misc').clear()
  await tx.done
  for (const person of await db.getAll('people'))
    if (person.seal || person.anchor) await closeSeal(db, person)
  return waiting.size > 0
}

async function closeSeal(db: Database, person: Person): Promise<void> {
  try {
    await db.put('people', { ...person, seal: null, anchor: null })
  } catch (error) {
    // Not a byte left: the whole row goes. The log-in brings the same seal again, with a new key to sign with;
    // what the old one has signed counts only if the server knows that one.
    if (isFull(error) && person.registered) await db.delete('people', person.name)
    else throw error
  }
}

/** Name of the database that stays after a log-out; null when nothing in it waits. What cannot be looked at may hold some. */
export async function databaseToKeep(): Promise<string | null> {
  const stays = await sealAway().catch(async () => (await waitingPeople()).length > 0)
  await closeStore()
  return stays ? DATABASE : null
}

export interface Waiting {
  initials: string
  count: number
}

/** Whose entries wait on this phone; empty where nothing can be kept. */
export async function waitingPeople(): Promise<Waiting[]> {
  const db = await storeIfThere()
  if (!db) return []
  const initials = new Map((await db.getAll('people')).map((person) => [person.name, person.initials]))
  const counts = new Map<string, number>()
  for (const { person } of (await allEntries(db)).filter(isOpen))
    counts.set(person, (counts.get(person) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ initials: initials.get(name) ?? '…', count }))
}

/** First letters of the first and the last name: enough to know oneself by. */
export function initialsOf(name: string): string {
  const parts = name.split(/\s+/).filter((part) => /^\p{L}/u.test(part))
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : parts
  return letters.map((part) => `${[...(part ?? '')][0]?.toUpperCase() ?? ''}…`).join(' ') || '…'
}
