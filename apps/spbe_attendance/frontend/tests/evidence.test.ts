import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromBase64url, sha256Hex, toBase64url } from '@/evidence/bytes'
import { canonical, canonicalBytes, NotCanonical, type Plain } from '@/evidence/canonical'
import { anchorTime, hashOf, isiOf, plainPlace, type Anchor, type Capture, type Isi } from '@/evidence/entry'
import { makeKey, publicKey, sign, thumbprint, verify, type PublicKey } from '@/evidence/key'

const VECTORS = '../spbe_attendance/tests/vectors/'

interface Vectors {
  kunci: PublicKey
  sidik_kunci: string
  jangkar: string
  daftar?: { isi: Record<string, Plain>; kanonik: string; tanda_tangan: string }
  kasus: Array<{ nama: string; isi: Isi; kanonik: string; sha256: string; tanda_tangan: string }>
}

const anchor: Anchor = { token: 'x.y', t0: 100.5, t1: 180.25, wall: 1_000_000, life: 'one' }
const capture: Capture = {
  id: 'ABCDEF00-0000-4000-8000-000000000001',
  pegawai: 'PEG-1',
  jenis: 'Masuk',
  kegiatan: '',
  lat: 1.02,
  lon: 102.7,
  accuracy: 8.001,
  age: 12.4,
  photo: '',
  counter: 5180,
  wall: 1_005_000,
  life: 'one',
}

describe('canonical JSON', () => {
  it('sorts keys by code point and writes no white space', () => {
    expect(canonical({ b: 1, a: [true, null, -0], B: 'é"\n' })).toBe(
      '{"B":"é\\"\\n","a":[true,null,0],"b":1}',
    )
    // In UTF-16 the second would come first.
    expect(canonical({ '\u{1F600}': 1, '\uFB00': 2 })).toBe('{"\uFB00":2,"\u{1F600}":1}')
  })

  it.each([0.5, NaN, Infinity, 2 ** 53])('refuses the number %s', (number) => {
    expect(() => canonical({ n: number })).toThrow(NotCanonical)
  })

  it('refuses half of a surrogate pair, which has no UTF-8', () => {
    expect(() => canonical('\ud83d')).toThrow(NotCanonical)
    expect(canonical('\u{1F600}')).toBe('"\u{1F600}"')
  })
})

describe('bytes as text', () => {
  it('goes both ways for every length and never needs padding', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 71 + length) & 255)
      const text = toBase64url(bytes)
      expect(text).toMatch(/^[\w-]*$/)
      expect([...fromBase64url(text)]).toEqual([...bytes])
    }
  })

  it('hashes as everybody does', async () => {
    const digest = await sha256Hex(Uint8Array.of(97, 98, 99))
    expect(digest).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('key', () => {
  it('gives the thumbprint of RFC 7638 (here: what openssl answers)', async () => {
    const key: PublicKey = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'BB' }
    expect(await thumbprint(key)).toBe('CeklDX4_DJrArRhgR02px71cEGk-KZ43X9yURY2Vg9Y')
  })

  it('cannot be read out, signs, and another body or key does not verify', async () => {
    const pair = await makeKey()
    expect(pair.privateKey.extractable).toBe(false)
    const key = await publicKey(pair.publicKey)
    const signature = await sign(pair.privateKey, { a: 1 })
    expect(fromBase64url(signature)).toHaveLength(64)
    expect(await verify(key, { a: 1 }, signature)).toBe(true)
    expect(await verify(key, { a: 2 }, signature)).toBe(false)
    expect(await verify(await publicKey((await makeKey()).publicKey), { a: 1 }, signature)).toBe(false)
    expect(await verify(key, { a: 1 }, 'no signature')).toBe(false)
  })
})

describe('the body of an entry', () => {
  it('rounds elapsed time so that the server may rely on it', () => {
    const isi = isiOf(capture, anchor, { n: 1, h: '' })
    expect(isi).toMatchObject({ e0: 5080, e1: 4999, ak: 801, u: 12, wa: 1_000_000, wc: 1_005_000 })
    expect(isi.id).toBe(capture.id.toLowerCase())
    expect(isi.lat).toBe(10_200_000)
  })

  it('rounds degrees half away from zero, without a minus zero', () => {
    const south = isiOf({ ...capture, lat: -0.00000005, lon: -0.00000001 }, anchor, { n: 1, h: '' })
    expect([south.lat, south.lon]).toEqual([-1, 0])
    expect(plainPlace(isiOf(capture, anchor, { n: 1, h: '' }))).toEqual({
      latitude: 1.02,
      longitude: 102.7,
      akurasi: 8.01,
    })
  })

  it('claims no elapsed time when the page that got the anchor is gone, or its counter runs backwards', () => {
    for (const change of [{ life: 'two' }, { counter: 150 }]) {
      const isi = isiOf({ ...capture, ...change }, anchor, { n: 1, h: '' })
      expect([isi.e0, isi.e1]).toEqual([-1, -1])
    }
  })

  it('reads the time of an anchor, and of nothing else', () => {
    expect(anchorTime(`${toBase64url(canonicalBytes({ i: 'é', w: 42 }))}.sig`)).toBe(42)
    for (const broken of ['', '.', 'e30.x', 'bnVsbA.x', '%%.x', `${btoa('{"w":"1"}')}.x`])
      expect(anchorTime(broken)).toBeNull()
  })
})

describe.each(['evidence-browser.json', 'evidence-python.json'])('vectors of %s', (name) => {
  const read = (): Vectors => JSON.parse(readFileSync(VECTORS + name, 'utf8')) as Vectors

  it('verify, hash and are written alike', async () => {
    const { kunci, sidik_kunci, daftar, kasus } = read()
    expect(await thumbprint(kunci)).toBe(sidik_kunci)
    expect(kasus.length).toBeGreaterThan(0)
    for (const { isi, kanonik, tanda_tangan } of [...(daftar ? [daftar] : []), ...kasus]) {
      expect(canonical({ ...isi })).toBe(kanonik)
      expect(await verify(kunci, { ...isi }, tanda_tangan)).toBe(true)
    }
    for (const { isi, sha256 } of kasus) expect(await hashOf(isi)).toBe(sha256)
  })
})

describe('the vectors of the browser', () => {
  it('are one chain that starts empty and has the cases that differ between languages', () => {
    const text = readFileSync(`${VECTORS}evidence-browser.json`, 'utf8')
    const { kasus, jangkar } = JSON.parse(text) as Vectors
    expect(kasus[0]?.isi.h).toBe('')
    for (const [index, { isi }] of kasus.entries()) {
      expect(isi.n).toBe(index + 1)
      if (index > 0) expect(isi.h).toBe(kasus[index - 1]?.sha256)
    }
    expect(kasus.some(({ isi }) => isi.e1 === -1)).toBe(true)
    expect(kasus.some(({ isi }) => isi.lat < 0 && isi.lon < 0)).toBe(true)
    // eslint-disable-next-line no-control-regex
    expect(kasus.some(({ isi }) => /[^\x00-\x7f]/.test(isi.p + isi.g))).toBe(true)
    expect(anchorTime(jangkar)).toBe(1_795_478_400_000)
  })
})
