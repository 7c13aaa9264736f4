// What a phone downloads before the first punch, against the budget of the product (gzip).
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 150 * 1024
const folder = new URL('../../spbe_attendance/public/frontend/assets/', import.meta.url)

// Every script and style is counted: the way from log-in to receipt loads nearly all of them.
const sizes = readdirSync(folder)
  .filter((name) => /\.(js|css)$/.test(name))
  .map((name) => ({ name, bytes: gzipSync(readFileSync(fileURLToPath(new URL(name, folder)))).length }))
  .sort((a, b) => b.bytes - a.bytes)
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)

for (const { name, bytes } of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(7)} KB  ${name}`)
console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  of ${LIMIT / 1024} KB to the first punch (gzip)`)
if (total > LIMIT) {
  console.error('Too large: load less before the first punch.')
  process.exit(1)
}
