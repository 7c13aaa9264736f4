import 'fake-indexeddb/auto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hashOf } from '@/evidence/entry'
import { publicKey, verify } from '@/evidence/key'
import type { Draft } from '@/data/queue/capture'

type Modules = Awaited<ReturnType<typeof modules>>
interface Seen {
  path: string
  body: string
}
type Reply = { status: number; body: unknown; headers?: Record<string, string> } | 'cut'

const SEAL = btoa('0123456789abcdef0123456789abcdef')
const ANI = { name: 'PEG-ANI', nama: 'Ani Contoh Wijaya', opd: 'A' }
const BUDI = { name: 'PEG-BUDI', nama: 'Budi', opd: 'A' }

let server: Server
let seen: Seen[]
let here: typeof ANI | null
/** How often somebody wanted to know who is logged in. */
let asked: number
let reply: (path: string, body: string) => Reply
let all: Modules

/** Fresh modules are a fresh page on the same phone. */
async function modules() {
  vi.resetModules()
  const [store, people, capture, drain, anchor, seal, list] = await Promise.all([
    import('@/data/queue/store'),
    import('@/data/queue/people'),
    import('@/data/queue/capture'),
    import('@/data/queue/drain'),
    import('@/data/queue/anchor'),
    import('@/data/queue/seal'),
    import('@/data/queue/list'),
  ])
  return { ...store, ...people, ...capture, ...drain, ...anchor, ...seal, ...list }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('latin1')
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  window.indexedDB = globalThis.indexedDB
  seen = []
  asked = 0
  here = ANI
  reply = () => ({ status: 200, body: { message: { name: 'ABS-1', jangkar: 'eyJ3IjoxfQ.x' } } })
  server = createServer((request, response) => {
    void read(request).then((body) => {
      const path = (request.url ?? '').replace(/^.*spbe_attendance\.api\./, '')
      const session = {
        user: here ? 'a@x' : 'Guest',
        csrf_token: tokenOf(here),
        pegawai: here,
        kunci_segel: here && SEAL,
      }
      const strange = request.method === 'POST' && request.headers['x-frappe-csrf-token'] !== tokenOf(here)
      if (path === 'sesi.info?segera=1') asked += 1
      else if (!strange) seen.push({ path, body })
      const next =
        path === 'sesi.info?segera=1'
          ? { status: 200, body: { message: session } }
          : strange
            ? { status: 400, body: { exc_type: 'CSRFTokenError' } }
            : reply(path, body)
      if (next === 'cut') return void request.socket.destroy()
      response.writeHead(next.status, {
        'Content-Type': 'application/json',
        ...('headers' in next && next.headers),
      })
      response.end(typeof next.body === 'string' ? next.body : JSON.stringify(next.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ;(window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/absen`,
  )
  all = await modules()
  await logIn(ANI)
})

afterEach(() => new Promise((resolve) => server.close(resolve)))

/** Each session has its own. */
function tokenOf(person: typeof ANI | null): string {
  return `k-${person?.name ?? ''}`
}

async function logIn(person: typeof ANI): Promise<void> {
  here = person
  await all.rememberSession({ user: 'a@x', csrf_token: tokenOf(person), pegawai: person, kunci_segel: SEAL })
  all.holdAnchor(person.name, 'eyJ3IjoxMDAwMDB9.x', { t0: 0, t1: 0, wall: 5000 })
  await all.keepAnchor(person.name)
}

let count = 0
function draft(person = ANI, photo: Blob | null = null): Draft {
  count += 1
  return {
    capture: {
      id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
      pegawai: person.name,
      jenis: 'Masuk',
      kegiatan: '',
      lat: 1.02,
      lon: 102.7,
      accuracy: 8,
      age: 10,
      photo: photo ? 'ab'.repeat(32) : '',
      counter: performance.now(),
      wall: 9000,
      life: all.pageLife,
    },
    photo,
    perangkat: 'uji',
    waktuPerangkat: '2026-11-24T07:25:00+07:00',
    offset: 420,
  }
}

async function payloads(person = ANI) {
  const seal = (await (await all.store()).get('people', person.name))?.seal
  if (!seal) throw new Error('Nobody is logged in.')
  const entries = await all.entriesOf(person.name)
  return Promise.all(entries.map(({ id, sealed }) => all.openPayload(seal, id, sealed)))
}

const punches = () =>
  seen.filter(({ path }) => path === 'absensi.catat').map(({ body }) => JSON.parse(body).id_klien)

describe('a capture', () => {
  it('is numbered, chained, signed, and says when it was', async () => {
    for (let turn = 0; turn < 3; turn += 1) await all.captured(draft())
    const signed = (await payloads()).map(({ punch }) => punch.bukti)
    expect(signed.map((proof) => proof?.isi.n)).toEqual([1, 2, 3])
    const person = await (await all.store()).get('people', ANI.name)
    let before = ''
    for (const proof of signed) {
      if (!proof || !person) throw new Error('Not signed.')
      expect(proof.isi.h).toBe(before)
      before = await hashOf(proof.isi)
      expect(await verify(await publicKey(person.keys.publicKey), { ...proof.isi }, proof.s)).toBe(true)
    }
    expect((await payloads())[0]?.proof).toBe('exact')
  })

  it('never takes a number twice, whatever happens at once', async () => {
    await Promise.all(Array.from({ length: 12 }, () => all.captured(draft())))
    const numbers = (await payloads()).map(({ punch }) => punch.bukti?.isi.n)
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
    expect((await all.entriesOf(ANI.name)).map(({ order }) => order)).toEqual(numbers)
  })

  it('goes on with the chain after a reload, and claims no elapsed time then', async () => {
    await all.captured(draft())
    all = await modules()
    await all.captured(draft())
    const [first, second] = await payloads()
    expect(second?.punch.bukti?.isi).toMatchObject({ n: 2, e0: -1, e1: -1 })
    expect(second?.punch.bukti?.isi.h).toBe(await hashOf(first!.punch.bukti!.isi))
    expect(second?.proof).toBe('wide')
  })

  it('without any anchor is kept without evidence', async () => {
    all.holdAnchor(ANI.name, null, { t0: 0, t1: 0, wall: 0 })
    await all.keepAnchor(ANI.name)
    await all.captured(draft())
    const [payload] = await payloads()
    expect(payload).toMatchObject({ proof: 'none', punch: { latitude: 1.02, akurasi: 8 } })
    expect(payload?.punch.bukti).toBeUndefined()
  })

  it('is unreadable on the phone', async () => {
    await all.captured(draft(ANI, new Blob(['wajah'])))
    const [entry] = await (await all.store()).getAll('queue')
    const bytes = [entry!.sealed.data, entry!.sealedPhoto!.data].map((data) =>
      Buffer.from(data).toString('latin1'),
    )
    for (const text of [...bytes, JSON.stringify(entry)]) expect(text).not.toMatch(/102\.7|1027|wajah|Masuk/)
  })

  it.each([
    [1, 'waiting'],
    [2, 'lost'],
  ])('finds room: put fails %d times, the photo is %s', async (failures, state) => {
    const original = IDBObjectStore.prototype.add
    let left = failures
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (left-- > 0) throw new DOMException('voll', 'QuotaExceededError')
      return original.apply(this, given)
    })
    expect(await all.captured(draft(ANI, new Blob(['x'])))).toBe(state)
    vi.restoreAllMocks()
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'menunggu', photo: state, order: 1 }])
  })
})

describe('the drain', () => {
  it('registers the key, sends in order and once, then the photos', async () => {
    const drafts = [draft(ANI, new Blob(['a'])), draft(), draft()]
    for (const each of drafts) await all.captured(each)
    expect(await all.drain(true)).toEqual({ next: null, reached: true })
    expect(seen.map(({ path }) => path)).toEqual([
      'perangkat.jangkar',
      'perangkat.daftar',
      'absensi.catat',
      'absensi.catat',
      'absensi.catat',
      'absensi.unggah_foto',
    ])
    expect(punches()).toEqual(drafts.map(({ capture }) => capture.id))
    seen = []
    await all.drain(true)
    expect(seen).toEqual([])
  })

  it('asks who is logged in only when nobody has said so, or the server takes the token of nobody', async () => {
    await all.captured(draft())
    await all.drain(true, { pegawai: ANI.name, csrf: tokenOf(ANI) })
    expect([asked, punches().length]).toEqual([0, 1])

    await all.captured(draft())
    here = BUDI
    await all.drain(true, { pegawai: ANI.name, csrf: tokenOf(ANI) })
    expect(asked).toBe(1)
    expect((await all.entriesOf(ANI.name)).map(({ state }) => state)).toEqual(['terkirim', 'menunggu'])
    here = ANI
    await all.drain(true)
    expect((await all.entriesOf(ANI.name)).map(({ state }) => state)).toEqual(['terkirim', 'terkirim'])
  })

  it('sends a punch without asking anything first in another life of the app, by the token that was kept', async () => {
    await all.captured(draft())
    all = await modules()
    await all.drain(true)
    expect([asked, punches().length]).toEqual([0, 1])
    await all.sealAway()
    expect(await all.keptSession()).toBeNull()
  })

  it('respects Retry-After, also when hurried, and lets nobody overtake', async () => {
    await all.captured(draft())
    await all.captured(draft())
    reply = (path) =>
      path === 'absensi.catat'
        ? { status: 503, body: { exc_type: 'SistemSibuk' }, headers: { 'Retry-After': '60' } }
        : { status: 200, body: { message: { jangkar: 'a.b' } } }
    const first = await all.drain(true)
    expect(punches()).toHaveLength(1)
    expect(first!.next! - Date.now()).toBeGreaterThan(55_000)
    await all.drain(true)
    expect(punches()).toHaveLength(1)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'menunggu', tries: 1 }, { tries: 0 }])
  })

  it.each<[string, Reply]>([
    ['a cut line', 'cut'],
    ['a gateway', { status: 502, body: '<html>' }],
    ['a log-in page of a hotel', { status: 200, body: '<html>' }],
    ['a proxy that forbids', { status: 403, body: '<html>' }],
    ['a fault of the server', { status: 500, body: { exc_type: 'KeyError' } }],
    ['a limit', { status: 429, body: { exc_type: 'RateLimitExceededError' } }],
  ])('keeps an entry after %s, and sends the same one later', async (_name, answer) => {
    await all.captured(draft())
    const fine = reply
    reply = (path, body) => (path === 'absensi.catat' ? answer : fine(path, body))
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'menunggu' }])
    reply = fine
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'terkirim' }])
    expect(new Set(punches()).size).toBe(1)
  })

  it('keeps a photo for which the server has no room, and sends it when there is', async () => {
    await all.captured(draft(ANI, new Blob(['a'])))
    const fine = reply
    const full: Reply = { status: 503, body: { exc_type: 'LayananTidakTersedia' } }
    reply = (path, body) => (path === 'absensi.unggah_foto' ? full : fine(path, body))
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([
      { state: 'terkirim', photo: 'waiting', doneAt: null },
    ])
    reply = fine
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'terkirim', photo: 'sent' }])
    expect(punches()).toHaveLength(1)
  })

  it('keeps a refusal with its sentence and goes on with the next', async () => {
    await all.captured(draft())
    await all.captured(draft())
    const messages = JSON.stringify([JSON.stringify({ message: '500 m dari Kantor.' })])
    let turn = 0
    const fine = reply
    reply = (path, body) =>
      path === 'absensi.catat' && turn++ === 0
        ? { status: 417, body: { exc_type: 'DiLuarLokasi', _server_messages: messages } }
        : fine(path, body)
    await all.drain(true)
    expect((await all.entriesOf(ANI.name)).map(({ state }) => state)).toEqual(['ditolak', 'terkirim'])
    expect((await payloads())[0]).toMatchObject({ excType: 'DiLuarLokasi', sentence: '500 m dari Kantor.' })
  })

  it('takes up what a killed page was sending', async () => {
    await all.captured(draft())
    await all.updateEntry((await all.entriesOf(ANI.name))[0]!.id, () => ({ state: 'mengirim' }))
    all = await modules()
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'terkirim' }])
  })

  it('registers a key that the server has forgotten, and sends the same entry again', async () => {
    await all.captured(draft())
    let known = false
    reply = (path) => {
      if (path === 'perangkat.daftar') known = seen.filter(({ path }) => path === 'absensi.catat').length > 0
      return path === 'absensi.catat' && !known
        ? { status: 403, body: { exc_type: 'PerangkatTidakDikenal' } }
        : { status: 200, body: { message: { jangkar: 'a.b' } } }
    }
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'terkirim' }])
    expect(new Set(punches()).size).toBe(1)
  })

  it('waits with a punch whose key the server has no time to take: nothing is refused for it', async () => {
    await all.captured(draft())
    const fine = reply
    const busy = { 'Retry-After': '20' }
    const messages = JSON.stringify([JSON.stringify({ message: 'Ponsel belum dikenal.' })])
    reply = (path, body) => {
      if (path === 'perangkat.daftar')
        return { status: 503, body: { exc_type: 'SistemSibuk' }, headers: busy }
      return path === 'absensi.catat'
        ? { status: 403, body: { exc_type: 'PerangkatTidakDikenal', _server_messages: messages } }
        : fine(path, body)
    }
    const result = await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'menunggu' }])
    expect(result!.next! - Date.now()).toBeGreaterThan(15_000)
  })

  it('sends nothing in the session of somebody else, nor when it changes on the way', async () => {
    await all.captured(draft())
    here = BUDI
    await all.drain(true)
    expect(punches()).toEqual([])
    here = ANI
    const fine = reply
    reply = (path, body) => {
      if (path !== 'absensi.catat') return fine(path, body)
      here = BUDI
      return { status: 403, body: { exc_type: 'BuktiOrangLain' } }
    }
    await all.drain(true)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'menunggu' }])
  })
})

describe('a log-out', () => {
  it('leaves nothing of a person with nothing waiting, not even an empty database', async () => {
    await all.captured(draft())
    await all.drain(true)
    expect(await all.databaseToKeep()).toBeNull()
  })

  it('keeps what waits closed, until the same person is back', async () => {
    await all.captured(draft(ANI, new Blob(['a'])))
    expect(await all.databaseToKeep()).toBe(all.DATABASE)
    all = await modules()
    const row = await (await all.store()).get('people', ANI.name)
    expect(row).toMatchObject({ seal: null, anchor: null })
    expect(await all.waitingPeople()).toEqual([{ initials: 'A… W…', count: 1 }])
    expect(await all.keptSession()).toBeNull()

    await logIn(BUDI)
    await all.captured(draft(BUDI))
    await all.drain(true)
    expect(punches()).toHaveLength(1)
    await all.sealAway()

    await logIn(ANI)
    await all.drain(true)
    expect(punches()).toHaveLength(2)
    expect(await all.entriesOf(ANI.name)).toMatchObject([{ state: 'terkirim', photo: 'sent' }])
  })

  it('does not let what is still on its way write anything down', async () => {
    await all.databaseToKeep()
    await expect(all.store()).rejects.toThrow()
  })
})

describe('an update of the app', () => {
  it('finds every entry of an older one, and their order', async () => {
    for (let turn = 0; turn < 3; turn += 1) await all.captured(draft())
    const rows = await (await all.store()).getAll('queue')
    const people = await (await all.store()).getAll('people')
    for (let from = 1; from < all.STEPS.length; from += 1) {
      globalThis.indexedDB = new IDBFactory()
      all = await modules()
      const old = await all.open(all.STEPS.slice(0, from))
      for (const row of [...rows].reverse()) await old.put('queue', row)
      for (const person of people) await old.put('people', person)
      old.close()
      expect(await all.entriesOf(ANI.name)).toEqual(rows)
      await all.captured(draft())
      expect((await payloads()).map(({ punch }) => punch.bukti?.isi.n)).toEqual([1, 2, 3, 4])
    }
  })

  it('does not wait for an old tab', async () => {
    const old = await all.open(all.STEPS.slice(0, 1)).catch(() => null)
    expect(old).toBeNull()
    globalThis.indexedDB = new IDBFactory()
    all = await modules()
    await all.open(all.STEPS.slice(0, 1))
    const fresh = await all.open()
    expect(fresh.version).toBe(all.STEPS.length)
  })
})
