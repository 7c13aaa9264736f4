// What a phone downloads before the first punch, against the budget of the product (gzip).
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 150 * 1024
const ENTRY = 'src/main.ts'
// Opened after the punch, from the menu. Every other page counts as on the way to it, a new one too until it is named here.
const LATER = [
  'src/pages/History/',
  'src/pages/Requests/',
  'src/pages/Display/',
  'src/pages/Approvals/',
  'src/pages/Notices/',
  'src/pages/Witness/',
  'src/pages/Account/',
  'src/pages/Survey/',
  'src/pages/Register/',
  'src/pages/Consent/ConsentPage.vue',
  'src/i18n/en.ts',
]
const folder = new URL('../../spbe_attendance/public/frontend/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', folder), 'utf8'))

/** Files that are loaded from there on, by the imports that the build itself wrote down. */
function filesFrom(start, isLater) {
  const seen = new Set()
  const files = new Set()
  const open = [start]
  while (open.length > 0) {
    const key = open.pop()
    if (seen.has(key)) continue
    seen.add(key)
    const chunk = manifest[key]
    if (!chunk) throw new Error(`The build's manifest does not know ${key}.`)
    files.add(chunk.file)
    for (const style of chunk.css ?? []) files.add(style)
    open.push(...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []).filter((name) => !isLater(name)))
  }
  return files
}

function sizeOf(name) {
  return gzipSync(readFileSync(fileURLToPath(new URL(name, folder)))).length
}

const first = filesFrom(ENTRY, (name) => LATER.some((start) => name.startsWith(start)))
const all = filesFrom(ENTRY, () => false)
const rows = [...all].map((name) => ({ name, bytes: sizeOf(name), first: first.has(name) }))
rows.sort((a, b) => Number(b.first) - Number(a.first) || b.bytes - a.bytes)
const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0)
const print = (bytes, words) => console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${words}`)

for (const row of rows) print(row.bytes, row.first ? row.name : `${row.name}  (later)`)
const total = sum(rows.filter((row) => row.first))
print(total, `of ${LIMIT / 1024} KB to the first punch (gzip)`)
print(sum(rows), 'in all: what the service worker keeps, fetched in the background')
if (first.size === all.size) {
  console.error('No page is loaded later: the list of later pages fits no page of the build.')
  process.exit(1)
}
if (total > LIMIT) {
  console.error('Too large: load less before the first punch.')
  process.exit(1)
}
