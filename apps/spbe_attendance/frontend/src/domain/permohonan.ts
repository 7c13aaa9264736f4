/** What a form still needs before it is sent. The server decides again, and about everything else. */

export interface PermitForm {
  jenis: string
  dari: string
  sampai: string
  setengah_hari: '' | 'Pagi' | 'Siang'
  alasan: string
  tempat: string
  nomor_surat: string
  hari_tambahan: string
}

export interface PermitKind {
  kelompok: string
  boleh_setengah_hari: number | boolean
  perlu_lampiran: string
  batas_hari_tanpa_lampiran: number
}

export type PermitFault = 'kind' | 'date' | 'order' | 'reason' | 'letter' | 'days'
export type Faults<Field extends string, Fault extends string> = Partial<Record<Field, Fault>>

/** Days from the first to the last, both included; 0 when there is no such span. */
export function daysBetween(first: string, last: string): number {
  const span = Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)
  return Number.isNaN(span) || span < 0 ? 0 : span / 86_400_000 + 1
}

export function permitFaults(
  form: PermitForm,
  kind: PermitKind | null,
  hasLetter: boolean,
): Faults<keyof PermitForm | 'lampiran', PermitFault> {
  const faults: Faults<keyof PermitForm | 'lampiran', PermitFault> = {}
  if (!kind) faults.jenis = 'kind'
  if (!form.dari) faults.dari = 'date'
  if (!form.sampai) faults.sampai = 'date'
  else if (form.dari && form.sampai < form.dari) faults.sampai = 'order'
  if (!isSentence(form.alasan)) faults.alasan = 'reason'
  if (form.hari_tambahan && !/^\d{1,2}$/.test(form.hari_tambahan)) faults.hari_tambahan = 'days'
  if (kind?.perlu_lampiran === 'Selalu' && !hasLetter) faults.lampiran = 'letter'
  return faults
}

/** Half a day is asked for one single day, where the kind knows it. */
export function mayBeHalf(form: Pick<PermitForm, 'dari' | 'sampai'>, kind: PermitKind | null): boolean {
  return Boolean(kind?.boleh_setengah_hari) && form.dari !== '' && form.dari === form.sampai
}

/** Duty elsewhere and studies stand on a letter with a number. */
export function hasLetterNumber(kind: PermitKind | null): boolean {
  return kind?.kelompok === 'Dinas Luar' || kind?.kelompok === 'Tugas Belajar'
}

export interface CorrectionForm {
  jenis: '' | 'Masuk' | 'Pulang'
  sebab: '' | 'Lupa Absen' | 'Salah Jenis' | 'Kendala Teknis'
  jam: string
  alasan: string
  saksi: string
  absensi_asal: string
}

export type CorrectionFault = 'kind' | 'cause' | 'time' | 'reason' | 'witness' | 'original'

export function correctionFaults(
  form: CorrectionForm,
  hasLetter: boolean,
): Faults<keyof CorrectionForm, CorrectionFault> {
  const faults: Faults<keyof CorrectionForm, CorrectionFault> = {}
  if (!form.sebab) faults.sebab = 'cause'
  if (!form.jenis) faults.jenis = 'kind'
  if (!/^\d\d:\d\d/.test(form.jam)) faults.jam = 'time'
  if (!isSentence(form.alasan)) faults.alasan = 'reason'
  if (needsWitness(form.sebab, hasLetter) && !form.saksi) faults.saksi = 'witness'
  if (form.sebab === 'Salah Jenis' && !form.absensi_asal) faults.absensi_asal = 'original'
  return faults
}

/** A forgotten punch was seen by somebody; a technical fault is proved by a letter as well. */
export function needsWitness(cause: CorrectionForm['sebab'], hasLetter: boolean): boolean {
  return cause === 'Lupa Absen' || (cause === 'Kendala Teknis' && !hasLetter)
}

export function isSentence(text: string): boolean {
  return text.trim().length >= 5
}

/**
 * Whether it is worth asking: the deadline counts working days of the person, which only the server knows, so weekends and a
 * long holiday are granted here.
 */
export function mayStillAsk(day: string, today: string, workingDays: number): boolean {
  const passed = daysBetween(day, today) - 1
  return passed >= 0 && passed <= workingDays * 2 + 4
}

/** Site time of a punch asked for: of a night shift's end, on the day after. */
export function correctionMoment(day: string, clock: string, nextDay: boolean): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (nextDay) date.setUTCDate(date.getUTCDate() + 1)
  return `${date.toISOString().slice(0, 10)}T${clock.slice(0, 5)}:00`
}
