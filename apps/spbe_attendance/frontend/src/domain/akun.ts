/** Codes and passwords as people type them; the server has the last word about both. */

export const CODE_LENGTH = 10
export const SHORTEST_PASSWORD = 8

/** Capital letters and digits only: blanks and hyphens are for the eye. */
export function compactCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, CODE_LENGTH)
}

/** In two groups, as on the slip. */
export function shownCode(text: string): string {
  const code = compactCode(text)
  return code.length > 5 ? `${code.slice(0, 5)}-${code.slice(5)}` : code
}

export function isCode(text: string): boolean {
  return compactCode(text).length === CODE_LENGTH
}

/** The code behind # in the address of a QR; empty when there is none. */
export function codeInAddress(hash: string): string {
  const code = compactCode(decodeURIComponent(hash.replace(/^#/, '').replace(/%(?![0-9A-F]{2})/gi, '')))
  return isCode(code) ? code : ''
}

const COMMON =
  /(pass|sandi|qwert|asdf|admin|indonesia|merdeka|bismillah|rahasia|sayang|meranti|absen|12345|abcd)/gi
const POOLS: Array<[RegExp, number]> = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[^a-zA-Z\d]/, 20],
]
const STEPS = [28, 42, 60]

/** 0 (not enough) to 3 (strong). `known`: words and numbers that others know about the person. */
export function strengthOf(password: string, known: readonly string[] = []): number {
  const plain = password.toLowerCase()
  if (password.length < SHORTEST_PASSWORD) return 0
  if (known.some((word) => word.length >= 4 && plain.includes(word.toLowerCase()))) return 0
  const letters = unlikely(password.replace(COMMON, '#'))
  const pool = POOLS.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0)
  const bits = letters * Math.log2(Math.max(pool, 2))
  return STEPS.filter((step) => bits >= step).length
}

/** How many characters do not follow from the one before. */
function unlikely(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1) {
    const step = index ? text.charCodeAt(index) - text.charCodeAt(index - 1) : 99
    if (Math.abs(step) > 1) count += 1
  }
  return count
}
