/** What this phone keeps in IndexedDB. An update of the app adds a step below; it never changes one that is out. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import type { Anchor } from '@/evidence/entry'
import type { HariIni, Penerimaan, PermintaanCatat } from '@/types/api'

export const DATABASE = 'absen-luring'

/** A person who has used this phone. */
export interface Person {
  /** Pegawai */
  name: string
  initials: string
  keys: CryptoKeyPair
  thumbprint: string
  /** Whether the server knows the key. */
  registered: boolean
  anchor: Anchor | null
  /** Number and hash of the last signed entry. */
  n: number
  h: string
  /** Number of the last entry, signed or not. */
  order: number
  /** Opens and closes this person's entries; null after the log-out, until the server gives it again. */
  seal: CryptoKey | null
}

export type EntryState = 'menunggu' | 'mengirim' | 'terkirim' | 'ditolak'
/** `lost`: there was no room for it. */
export type PhotoState = 'none' | 'waiting' | 'sent' | 'failed' | 'lost'

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}

/** One captured punch. What is readable here says nothing about where and when somebody was. */
export interface Entry {
  /** id_klien */
  id: string
  person: string
  order: number
  state: EntryState
  tries: number
  /** Moments of the wall clock: our own patience, and what the server asked for. */
  nextTry: number
  notBefore: number
  photo: PhotoState
  sealed: Sealed
  sealedPhoto: Sealed | null
  /** When it was through, photo included. */
  doneAt: number | null
}

/** How well the time of the capture can be proven. */
export type Proof = 'exact' | 'wide' | 'none'

/** The sealed part of an entry. */
export interface Payload {
  punch: PermintaanCatat
  /** Capture in ms since 1970 by the best clock there was, and the site's offset in minutes. */
  at: number
  offset: number
  proof: Proof
  /** Why it was refused, in the server's words. */
  sentence: string
  excType: string
  photoSentence: string
  receipt: Penerimaan | null
}

/** The last answer of hari_ini, for the home screen without a network. */
export interface Kept {
  person: string
  data: HariIni
  /** Date.now() when it came. */
  wall: number
}

export interface KeptSession {
  pegawai: string
  nama: string
  /** Fits this session alone; gone with it. Spares a punch the question who is logged in. */
  csrf?: string | null
}

interface Schema extends DBSchema {
  people: { key: string; value: Person }
  queue: { key: string; value: Entry; indexes: { person: [string, number] } }
  kept: { key: string; value: Kept }
  /** `session`: who is logged in. `persist`: whether lasting storage was asked for. `language`: of the screen. `push`: see pushEndpoint. */
  misc: { key: string; value: unknown }
}

export type Database = IDBPDatabase<Schema>
type Upgrade = IDBPTransaction<Schema, Array<'people' | 'queue' | 'kept' | 'misc'>, 'versionchange'>

/** Step k leads from version k to k + 1. */
export const STEPS: Array<(db: Database, tx: Upgrade) => void> = [
  (db) => {
    db.createObjectStore('people', { keyPath: 'name' })
    db.createObjectStore('queue', { keyPath: 'id' })
    db.createObjectStore('misc')
  },
  (db, tx) => {
    tx.objectStore('queue').createIndex('person', ['person', 'order'])
    db.createObjectStore('kept', { keyPath: 'person' })
  },
]

let opened: Promise<Database> | null = null
let closed = false

/** Raises what IndexedDB raises where a browser keeps nothing. */
export function store(): Promise<Database> {
  // What is still on its way when somebody logs out must not write it down again.
  if (closed) return Promise.reject(new Error('This page has logged out.'))
  opened ??= open().catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

/** Null on a phone that has none: looking must not make one. */
export async function storeIfThere(): Promise<Database | null> {
  const names = (await indexedDB.databases?.()) ?? [{ name: DATABASE }]
  return names.some(({ name }) => name === DATABASE) ? store() : null
}

/** `steps`: how far; an older program knows fewer. */
export function open(steps: typeof STEPS = STEPS): Promise<Database> {
  return openDB<Schema>(DATABASE, steps.length, {
    upgrade(db, from, _to, tx) {
      for (const step of steps.slice(from)) step(db, tx as unknown as Upgrade)
    },
    // A newer program waits in another tab: it must not wait for this one.
    blocking: (_current, _wanted, event) => {
      ;(event.target as IDBDatabase).close()
      opened = null
    },
    terminated: () => (opened = null),
  })
}

/** For good: the page that calls this is about to go. */
export async function closeStore(): Promise<void> {
  closed = true
  const db = await opened?.catch(() => null)
  db?.close()
  opened = null
}

/**
 * What became of entries when there was no room to write it down, as long as this page lives. Deleting needs none, so that what is
 * through goes; and what is not is sent again by the next page, to which the server gives the same answer.
 */
const unwritten = new Map<string, Partial<Entry>>()

function asKnown(entry: Entry): Entry {
  return { ...entry, ...unwritten.get(entry.id) }
}

/** Of everybody. */
export async function allEntries(db: Database): Promise<Entry[]> {
  return (await db.getAll('queue')).map(asKnown)
}

/** The person's entries in the order of their capture. */
export async function entriesOf(person: string): Promise<Entry[]> {
  const db = await store()
  const range = IDBKeyRange.bound([person, 0], [person, Infinity])
  return (await db.getAllFromIndex('queue', 'person', range)).map(asKnown)
}

/** Changes one entry in one transaction, on a full phone in this page's memory; null when it is gone, or `change` wants nothing. */
export async function updateEntry(
  id: string,
  change: (entry: Entry) => Partial<Entry> | null,
): Promise<Entry | null> {
  let next: Entry | null = null
  try {
    const tx = (await store()).transaction('queue', 'readwrite')
    const entry = await tx.store.get(id)
    const known = entry && asKnown(entry)
    const changes = known && change(known)
    next = known && changes ? { ...known, ...changes } : null
    if (next) await Promise.all([tx.store.put(next), tx.done])
    else await tx.done
    if (next) unwritten.delete(id)
  } catch (error) {
    if (!isFull(error) || !next) throw error
    unwritten.set(id, next)
  }
  return next
}

export async function deleteEntry(id: string): Promise<void> {
  await (await store()).delete('queue', id)
  unwritten.delete(id)
}

export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}

export async function updatePerson(name: string, changes: Partial<Person>): Promise<void> {
  const tx = (await store()).transaction('people', 'readwrite')
  const person = await tx.store.get(name)
  if (person) await tx.store.put({ ...person, ...changes })
  await tx.done
}

/** Not through yet, photo included. */
export function isOpen({ doneAt }: Entry): boolean {
  return doneAt === null
}
