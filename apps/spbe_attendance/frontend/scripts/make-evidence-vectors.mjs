// Writes what this browser code signs, for the server's tests: node scripts/make-evidence-vectors.mjs
// The key is made anew each time, and thrown away: only its public half is written.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createHmac } from 'node:crypto'
import { build } from 'esbuild'

const folder = new URL('../../spbe_attendance/tests/vectors/', import.meta.url)
const SITE_KEY = 'kunci situs hanya untuk vektor uji'
// Server time of the anchor: 24 November 2026, 07:00 WIB.
const ANCHOR_TIME = 1795478400000

const engine = await load(`
  export * from './src/evidence/bytes'
  export * from './src/evidence/canonical'
  export * from './src/evidence/entry'
  export * from './src/evidence/key'
`)
const { canonical, hashOf, isiOf, makeKey, publicKey, registration, sign, thumbprint, toBase64url, verify } =
  engine

const pair = await makeKey()
const key = await publicKey(pair.publicKey)
const print = await thumbprint(key)
const token = anchorToken('PEG-0001')

const common = {
  pegawai: 'PEG-0001',
  jenis: 'Masuk',
  kegiatan: '',
  lat: 1.0123456789,
  lon: 102.71234565,
  accuracy: 8.001,
  age: 1499.6,
  photo: 'ab'.repeat(32),
  counter: 1_500_250.75,
  wall: ANCHOR_TIME + 1_499_000,
  life: 'a',
}
const anchor = { token, t0: 1000.25, t1: 1320.5, wall: ANCHOR_TIME + 90, life: 'a' }
const captures = [
  ['plain', {}],
  ['south and west, so negative numbers', { lat: -7.7999999951, lon: -0.00000005, accuracy: 35 }],
  ['the life of the page is over', { life: 'b', counter: 12, jenis: 'Pulang' }],
  ['an event, no photo', { jenis: 'Apel', kegiatan: 'APEL-2026-0007', photo: '' }],
  [
    'letters beyond ASCII',
    { pegawai: 'PEG-é-日本-😀', kegiatan: 'Upacara „HUT” \\ "RI"\t\u0001\u2028\u007f', jenis: 'Apel' },
  ],
  ['a wall clock set back before 1970', { wall: -86_400_000 }],
]
const cases = []
let before = ''
for (const [index, [name, changes]] of captures.entries()) {
  const id = `00000000-0000-4000-8000-00000000000${index + 1}`
  const isi = isiOf({ ...common, id, ...changes }, anchor, { n: index + 1, h: before })
  before = await hashOf(isi)
  cases.push({
    nama: name,
    isi,
    kanonik: canonical(isi),
    sha256: before,
    tanda_tangan: await sign(pair.privateKey, isi),
  })
}

const body = registration(token, print)
const vectors = {
  keterangan: 'Made by frontend/scripts/make-evidence-vectors.mjs; every case is the next link of one chain.',
  kunci_situs: SITE_KEY,
  jangkar: token,
  kunci: key,
  sidik_kunci: print,
  daftar: { isi: body, kanonik: canonical(body), tanda_tangan: await sign(pair.privateKey, body) },
  kasus: cases,
}
for (const { isi, tanda_tangan } of [vectors.daftar, ...cases])
  if (!(await verify(key, isi, tanda_tangan))) throw new Error('A signature of our own does not verify.')

mkdirSync(folder, { recursive: true })
writeFileSync(new URL('evidence-browser.json', folder), `${JSON.stringify(vectors, null, 2)}\n`)
console.log(`${cases.length} cases written to ${fileURLToPath(folder)}evidence-browser.json`)

/** The anchor as the server makes it. */
function anchorToken(person) {
  const payload = Buffer.from(canonical({ i: 'AAAAAAAAAAAAAAAAAAAAAA', p: person, v: 1, w: ANCHOR_TIME }))
  return `${toBase64url(payload)}.${toBase64url(createHmac('sha256', SITE_KEY).update(payload).digest())}`
}

/** The engine's own TypeScript, so that the vectors say what the app does. */
async function load(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}
