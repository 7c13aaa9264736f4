/** A punch is made here: signed, numbered and put into the queue, with or without a network. */
import { anchorTime, hashOf, isiOf, plainPlace, type Anchor, type Capture, type Isi } from '@/evidence/entry'
import { sign } from '@/evidence/key'
import type { PermintaanCatat } from '@/types/api'
import { anchorFor } from './anchor'
import { changed } from './changes'
import { giveShelter } from './homeless'
import { inTurn } from './locks'
import { photoLabel, sealBytes, sealPayload } from './seal'
import {
  allEntries,
  deleteEntry,
  isFull,
  isOpen,
  store,
  type Entry,
  type Payload,
  type Person,
  type PhotoState,
  type Sealed,
} from './store'

/** Everything but number, chain and signature. */
export interface Draft {
  capture: Capture
  photo: Blob | null
  perangkat: string
  /** ISO 8601 with offset. */
  waktuPerangkat: string
  /** Of the site, in minutes. */
  offset: number
}

/** Nobody is logged in on this phone: there is nothing to seal with. */
export class NobodyHere extends Error {}

/** What became of the photo. Raises NobodyHere, or what IndexedDB raises when not even the punch finds room. */
export function captured(draft: Draft): Promise<PhotoState> {
  return inTurn(`absen-catat-${draft.capture.pegawai}`, async () => {
    for (;;) {
      const state = await attempt(draft)
      if (state) return state
    }
  })
}

/** Null when another tab took the number in between. */
async function attempt(draft: Draft): Promise<PhotoState | null> {
  const { capture, photo } = draft
  const person = await (await store()).get('people', capture.pegawai)
  if (!person?.seal) throw new NobodyHere()
  const anchor = anchorFor(person)
  const isi = anchor && isiOf(capture, anchor, { n: person.n + 1, h: person.h })
  const payload = await payloadOf(draft, person, anchor, isi)
  const chain = isi ? { n: isi.n, h: await hashOf(isi) } : {}
  const next: Person = { ...person, ...chain, order: person.order + 1 }
  const entry: Entry = {
    id: payload.punch.id_klien,
    person: person.name,
    order: next.order,
    state: 'menunggu',
    tries: 0,
    nextTry: 0,
    notBefore: 0,
    photo: photo ? 'waiting' : 'none',
    sealed: await sealPayload(person.seal, payload.punch.id_klien, payload),
    sealedPhoto: null,
    doneAt: null,
  }
  const sealedPhoto = photo && (await sealBytes(person.seal, photoLabel(entry.id), await photo.arrayBuffer()))
  return commit(person, next, entry, photo, sealedPhoto)
}

async function payloadOf(
  draft: Draft,
  person: Person,
  anchor: Anchor | null,
  isi: Isi | null,
): Promise<Payload> {
  const { capture } = draft
  const punch: PermintaanCatat = {
    ...plainFields(draft),
    ...(isi && {
      ...plainPlace(isi),
      bukti: { isi, k: person.thumbprint, s: await sign(person.keys.privateKey, { ...isi }) },
    }),
  }
  return {
    punch,
    at: bestTime(capture, anchor, isi),
    offset: draft.offset,
    proof: isi ? (isi.e1 >= 0 ? 'exact' : 'wide') : 'none',
    sentence: '',
    excType: '',
    photoSentence: '',
    receipt: null,
  }
}

/** What `catat` takes, without evidence. */
export function plainFields({ capture, perangkat, waktuPerangkat }: Draft): PermintaanCatat {
  return {
    jenis: capture.jenis,
    ...(capture.kegiatan && { kegiatan: capture.kegiatan }),
    latitude: capture.lat,
    longitude: capture.lon,
    akurasi: capture.accuracy,
    id_klien: capture.id.toLowerCase(),
    perangkat,
    waktu_perangkat: waktuPerangkat,
    ...(capture.photo && { foto_sha256: capture.photo }),
  }
}

/** The server's time carried on by the best counter there is; the phone's own clock as the last. */
function bestTime(capture: Capture, anchor: Anchor | null, isi: Isi | null): number {
  const start = anchor && anchorTime(anchor.token)
  if (!isi || start === null) return capture.wall
  return isi.e1 >= 0 ? start + Math.round((isi.e0 + isi.e1) / 2) : start + (isi.wc - isi.wa)
}

/** A full phone gives up what the server has already, then the picture, never the punch. */
async function commit(
  from: Person,
  next: Person,
  entry: Entry,
  photo: Blob | null,
  sealedPhoto: Sealed | null,
): Promise<PhotoState | null> {
  try {
    return await write(from, next, { ...entry, sealedPhoto })
  } catch (error) {
    if (!isFull(error)) throw error
  }
  await dropFinished()
  try {
    return await write(from, next, { ...entry, sealedPhoto })
  } catch (error) {
    if (!isFull(error) || !photo) throw error
  }
  giveShelter(entry.id, photo)
  return write(from, next, { ...entry, photo: 'lost' })
}

/** Number, hash of the one before and the entry itself: all of it or nothing. */
async function write(from: Person, next: Person, entry: Entry): Promise<PhotoState | null> {
  const tx = (await store()).transaction(['people', 'queue'], 'readwrite')
  const now = await tx.objectStore('people').get(from.name)
  if (!now || now.order !== from.order || now.n !== from.n) {
    tx.abort()
    await tx.done.catch(() => undefined)
    return null
  }
  try {
    await tx.objectStore('queue').add(entry)
    await tx.objectStore('people').put({ ...now, n: next.n, h: next.h, order: next.order })
  } catch (error) {
    try {
      tx.abort()
    } catch {
      // Gone already, by the fault itself.
    }
    await tx.done.catch(() => undefined)
    throw error
  }
  await tx.done
  changed()
  return entry.photo
}

export async function dropFinished(): Promise<void> {
  for (const entry of await allEntries(await store())) if (!isOpen(entry)) await deleteEntry(entry.id)
}
