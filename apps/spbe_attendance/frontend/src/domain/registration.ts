/** Rules of the registration form; the server has the last word. */
import type { Fields, Unit } from '@/types/registrasi'

export const NIK_DIGITS = 16
export const OUTSOURCED = 'Alih Daya'
const YOUNGEST = 15
const OLDEST = 90

export type Field = keyof Fields
export type Faults = Partial<Record<Field, true>>

export function emptyFields(): Fields {
  return {
    nik: '',
    nama: '',
    tanggal_lahir: '',
    jenis_kelamin: '',
    nomor_hp: '',
    status_kepegawaian: '',
    opd: '',
    jabatan: '',
    vendor: '',
  }
}

/** Fields of a step; the order is that of the screen. */
export const STEP_FIELDS = {
  person: ['nik', 'nama', 'tanggal_lahir', 'jenis_kelamin', 'nomor_hp'],
  work: ['status_kepegawaian', 'vendor', 'opd', 'jabatan'],
} as const satisfies Record<string, readonly Field[]>

/** What is missing or cannot be. `nikKnown`: the server has it already. `today`: 2026-11-28. */
export function faultsOf(fields: Fields, today: string, nikKnown = false): Faults {
  const faults: Faults = {}
  const mark = (field: Field, good: boolean) => {
    if (!good) faults[field] = true
  }
  mark('nik', (nikKnown && fields.nik === '') || readNik(fields.nik) !== null)
  mark('nama', /^[\p{L}][\p{L}\p{M}\d .,'’/()-]*[\p{L}\p{M}\d.)]$/u.test(fields.nama.trim()))
  mark('tanggal_lahir', isAdult(fields.tanggal_lahir, today))
  mark('jenis_kelamin', fields.jenis_kelamin !== '')
  mark('nomor_hp', isPhone(fields.nomor_hp))
  mark('status_kepegawaian', fields.status_kepegawaian !== '')
  mark('vendor', fields.status_kepegawaian !== OUTSOURCED || fields.vendor.trim() !== '')
  mark('opd', fields.opd !== '')
  mark('jabatan', fields.jabatan.trim() !== '')
  return faults
}

export interface NikFacts {
  day: number
  month: number
  /** Two digits. */
  year: number
  female: boolean
}

/** Null for what is no NIK: 16 digits, an existing birth date (day + 40 for women), a serial above zero. */
export function readNik(text: string): NikFacts | null {
  const digits = text.replace(/[\s.-]/g, '')
  const found = /^\d{6}(\d\d)(\d\d)(\d\d)(\d{4})$/.exec(digits)
  if (!found || found[4] === '0000') return null
  const [code, month, year] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const female = code > 40
  const day = female ? code - 40 : code
  // The century is not told; a leap day is possible if either has it.
  const exists = [1900 + year, 2000 + year].some((full) => isDate(full, month, day))
  return exists ? { day, month, year, female } : null
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Whether birth date or sex in the NIK are others than in the form: worth a look, no fault. */
export function nikDiffers({ nik, tanggal_lahir, jenis_kelamin }: Fields): boolean {
  const facts = readNik(nik)
  if (!facts) return false
  const [year, month, day] = tanggal_lahir.split('-').map(Number)
  const otherDate =
    tanggal_lahir !== '' && (day !== facts.day || month !== facts.month || (year ?? 0) % 100 !== facts.year)
  return otherDate || (jenis_kelamin !== '' && facts.female !== (jenis_kelamin === 'Perempuan'))
}

function isAdult(date: string, today: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false
  const age = Number(today.slice(0, 4)) - Number(date.slice(0, 4))
  return age >= YOUNGEST && age <= OLDEST
}

/** An Indonesian mobile number, in any usual writing. */
export function isPhone(text: string): boolean {
  return /^(\+?62|0)8\d{7,11}$/.test(text.replace(/[\s().-]/g, ''))
}

export interface FoundUnit extends Unit {
  /** Names of what is above it, from the top. */
  path: string
  /** Whether something is below it. */
  parent: boolean
}

/** Those below `parent` without a search text, otherwise those that have all of its words; at most that many. */
export function findUnits(units: Unit[], search: string, parent: string | null, most = 50): FoundUnit[] {
  const words = search.toLocaleLowerCase('id').split(/\s+/).filter(Boolean)
  const byCode = new Map(units.map((unit) => [unit.kode, unit]))
  const parents = new Set(units.map((unit) => unit.induk))
  const wanted =
    words.length === 0
      ? units.filter((unit) => (byCode.has(unit.induk ?? '') ? unit.induk : null) === parent)
      : units.filter((unit) => {
          const text = `${unit.nama} ${unit.kode}`.toLocaleLowerCase('id')
          return words.every((word) => text.includes(word))
        })
  return wanted
    .slice(0, most)
    .map((unit) => ({ ...unit, path: pathOf(unit, byCode), parent: parents.has(unit.kode) }))
}

function pathOf(unit: Unit, byCode: Map<string, Unit>): string {
  const names: string[] = []
  // Cannot go round: no more steps than there are units.
  for (
    let at = byCode.get(unit.induk ?? '');
    at && names.length < byCode.size;
    at = byCode.get(at.induk ?? '')
  )
    names.unshift(at.nama)
  return names.join(' › ')
}

/** How long an unfinished form is offered again. */
export const DRAFT_LASTS = 2 * 3600 * 1000

/** Without what must not lie on a phone that may be somebody else's: NIK and phone number. */
export function packDraft(fields: Fields, now: number): string {
  return JSON.stringify({ at: now, fields: { ...fields, nik: '', nomor_hp: '' } })
}

/** Null when there is none, it is too old, or it is not ours. */
export function readDraft(text: string | null, now: number): Fields | null {
  try {
    const { at, fields } = JSON.parse(text ?? '') as { at: number; fields: Record<string, unknown> }
    if (!(now - at < DRAFT_LASTS) || now < at) return null
    const known = emptyFields()
    for (const key of Object.keys(known) as Field[]) {
      const value = fields[key]
      if (typeof value === 'string') known[key] = value
    }
    return known
  } catch {
    return null
  }
}

export type TextBlock = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'list'; points: string[] }

/** The plain text of a consent as headings, paragraphs and lists. */
export function readText(text: string): TextBlock[] {
  const blocks: TextBlock[] = []
  for (const line of text.split('\n').map((each) => each.trim())) {
    const last = blocks.at(-1)
    if (line.startsWith('# ')) blocks.push({ kind: 'heading', text: line.slice(2) })
    else if (line.startsWith('- ')) {
      if (last?.kind === 'list') last.points.push(line.slice(2))
      else blocks.push({ kind: 'list', points: [line.slice(2)] })
    } else if (line) blocks.push({ kind: 'paragraph', text: line })
  }
  return blocks
}
