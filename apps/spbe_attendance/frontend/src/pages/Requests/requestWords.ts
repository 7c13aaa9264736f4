/** What a request is called, when it is, and what else there is to know of it. */
import { kindName } from '@/data/form'
import { shortLabel, spanLabel } from '@/domain/calendar'
import { clockOf } from '@/domain/clock'
import { numberLabel } from '@/domain/rekap'
import type { RequestRow } from '@/domain/requestList'
import { isWaiting } from '@/domain/status'
import { t } from '@/i18n'
import { p } from '@/i18n/permohonan'
import type { PerluPutusan } from '@/types/permohonan'

export function correctionName(jenis: string): string {
  return p.list.correction(t.data.kind[jenis] ?? jenis)
}

export function lengthOf(span: {
  dari: string
  sampai: string
  jumlah_hari?: number
  setengah_hari?: string | null
}): string {
  const { dari, sampai, jumlah_hari: days = 0, setengah_hari: half } = span
  const length = half === 'Pagi' || half === 'Siang' ? p.list.half[half] : p.list.days(numberLabel(days))
  return `${spanLabel(dari, sampai)} · ${length}`
}

export function dutyWords(tanggal: string, shift: string | null | undefined): string {
  return `${shortLabel(tanggal)}, ${shift || p.swap.off}`
}

export function titleOf(row: RequestRow): string {
  if (row.kind === 'correction') return correctionName(row.data.jenis)
  if (row.kind === 'appeal') return p.list.appeal
  return row.kind === 'swap' ? p.list.swap : kindName(row.data.jenis)
}

export function whenOf(row: RequestRow): string {
  if (row.kind === 'appeal') return shortLabel(row.data.tanggal)
  if (row.kind === 'correction') return `${shortLabel(row.data.tanggal)}, ${clockOf(row.data.waktu)}`
  if (row.kind === 'permit') return lengthOf(row.data)
  return row.data.peran === 'pemohon'
    ? p.list.swapWith(row.data.nama_rekan)
    : p.list.swapAsked(row.data.nama_pemohon)
}

/** Label and text, without those that are empty. */
export function detailsOf(row: RequestRow): Array<[string, string]> {
  const { alasan_batal: withdrawn = null } = row.data
  const found: Array<[string, string | null]> = []
  if (row.kind === 'permit')
    found.push([p.list.place, row.data.tempat], [p.list.letterNumber, row.data.nomor_surat])
  if (row.kind === 'swap') {
    const { tanggal, shift_pemohon: own, tanggal_rekan: other, shift_rekan: his, peran } = row.data
    const duties = [dutyWords(tanggal, own), dutyWords(other, his)]
    if (peran === 'rekan') duties.reverse()
    found.push([p.swap.give, duties[0] ?? ''], [p.swap.take, duties[1] ?? ''])
  }
  if (row.kind === 'appeal') found.push([p.list.answer, row.data.jawaban])
  else found.push([p.list.note, row.data.catatan_persetujuan])
  found.push([p.list.cancelled, withdrawn])
  return found.filter((entry): entry is [string, string] => Boolean(entry[1]))
}

/** Where it stands, beside its status; empty when the status says it all. */
export function lineOf(row: RequestRow, own: boolean): string {
  if (row.kind === 'permit' && row.data.dipersingkat_sampai)
    return p.list.shortened(shortLabel(row.data.dipersingkat_sampai))
  if (row.kind === 'appeal' && row.data.jawab_sebelum && isWaiting(row.data.status))
    return p.list.until(shortLabel(row.data.jawab_sebelum))
  if (row.kind === 'swap' && isWaiting(row.data.status))
    return row.data.status === 'Diajukan' ? p.list.swapTurn.asked : p.list.swapTurn.agreed
  return row.kind === 'permit' && !own ? p.list.duty : ''
}

export function decisionTitle({ doctype, jenis = '' }: PerluPutusan): string {
  if (doctype === 'Sanggah') return p.list.appeal
  if (doctype === 'Tukar Dinas') return p.list.swap
  return doctype === 'Ketidakhadiran' ? kindName(jenis) : correctionName(jenis)
}

/** Lines that say what is asked for; an exchange as the colleague sees it or, to the head, from the applicant's side. */
export function decisionLines(row: PerluPutusan, me: string): string[] {
  const { dari, sampai, tanggal = '', waktu } = row
  if (row.doctype === 'Tukar Dinas') {
    const duties = [
      dutyWords(tanggal, row.shift_pemohon),
      dutyWords(row.tanggal_rekan ?? '', row.shift_rekan),
    ]
    if (row.rekan !== me) return [`${row.nama}: ${duties[0]}`, `${row.nama_rekan ?? ''}: ${duties[1]}`]
    return [`${p.swap.give}: ${duties[1]}`, `${p.swap.take}: ${duties[0]}`]
  }
  if (dari && sampai) return [lengthOf({ ...row, dari, sampai })]
  return [[shortLabel(tanggal), clockOf(waktu)].filter(Boolean).join(', ')]
}

/** The server's action in the words of who takes it. */
export function actionWords(row: PerluPutusan, action: string, me: string): string {
  if (row.doctype === 'Tukar Dinas' && row.rekan === me && action === 'Setujui') return p.decide.agree
  return t.data.action[action] ?? action
}

export function sheetTitle(row: PerluPutusan, action: string, me: string): string {
  const { sheet } = p.decide
  if (row.doctype !== 'Tukar Dinas' || row.rekan !== me) return sheet[action as keyof typeof sheet]
  return action === 'Tolak' ? p.decide.declineSheet : p.decide.agreeSheet
}
