/** What deciding is called: a request in its own words, everything else in those of the page. */
import { session } from '@/data/session'
import { actionOf, needsNote, type Verdict } from '@/domain/approvals'
import { p } from '@/i18n/permohonan'
import { s } from '@/i18n/persetujuan'
import { actionWords, sheetTitle } from '@/pages/Requests/requestWords'
import type { Menunggu, PermohonanMenunggu } from '@/types/persetujuan'

export function isPunch(row: Menunggu): row is Exclude<Menunggu, PermohonanMenunggu> {
  return row.doctype === 'Absensi' || row.doctype === 'Tinjauan Absensi'
}

export function verdictWords(row: Menunggu, verdict: Verdict): string {
  const action = actionOf(row, verdict)
  return isPunch(row) || !action ? s[verdict] : actionWords(row, action, session.pegawai)
}

export interface Sheet {
  title: string
  text: string
  label: string
  need: string
  confirm: string
}

/** The sheet that asks before something is decided. */
export function sheetFor(rows: Menunggu[], verdict: Verdict): Sheet {
  const [only] = rows.length === 1 ? rows : []
  const shown = rows.slice(0, 3).map(({ nama }) => nama)
  const need = needsNote(rows, verdict) ? s.sheet.need : ''
  const label = rows.every(({ doctype }) => doctype === 'Sanggah') ? p.decide.answer : s.sheet.note
  return {
    title: only ? titleOf(only, verdict) : s.sheet[verdict](rows.length),
    text: [...shown, ...(rows.length > 3 ? [s.sheet.more(rows.length - 3)] : [])].join(', '),
    label: need ? label : `${label} (${s.sheet.optional})`,
    need,
    confirm: only ? verdictWords(only, verdict) : s[verdict],
  }
}

function titleOf(row: Menunggu, verdict: Verdict): string {
  const action = actionOf(row, verdict)
  if (isPunch(row) || !action) return s.sheet[verdict](1)
  return sheetTitle(row, action, session.pegawai)
}
