/** One text for one meaning: what is signed and hashed must come out alike in the browser and in Python. */

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain }

export class NotCanonical extends Error {}

/**
 * Canonical JSON: keys sorted by code point, no white space, strings as JSON.stringify writes them (non-ASCII kept), safe integers only.
 * Python's twin: json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=False). Raises NotCanonical.
 */
export function canonical(value: Plain): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new NotCanonical(`Not a safe integer: ${value}`)
    // Minus zero is zero.
    return String(value + 0)
  }
  if (typeof value === 'string') {
    if (!isWellFormed(value)) throw new NotCanonical('Half of a surrogate pair')
    return JSON.stringify(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const keys = Object.keys(value).sort(byCodePoint)
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key] as Plain)}`).join(',')}}`
}

/** UTF-8 bytes of the canonical text. */
export function canonicalBytes(value: Plain): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(canonical(value)))
}

/** JavaScript sorts by UTF-16 unit, which differs above U+FFFF. */
function byCodePoint(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
