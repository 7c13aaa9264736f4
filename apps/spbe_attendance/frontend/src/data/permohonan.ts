/** Permits, corrections, appeals and exchanges of duties. A request's id_klien is made once, so that sending it again never files it twice. */
import { call } from './http'
import type {
  Isian,
  IsianTukar,
  JawabanPermohonan,
  JenisPermohonan,
  PermohonanSaya,
  Rekan,
} from '@/types/permohonan'

const API = 'spbe_attendance.api.permohonan'

export type Pengajuan = 'ketidakhadiran' | 'koreksi' | 'sanggah' | 'tukar_dinas'

export function fetchForm(): Promise<Isian> {
  return call<Isian>(`${API}.isian`)
}

export function fetchMine(tahun: number): Promise<PermohonanSaya> {
  return call<PermohonanSaya>(`${API}.permohonan_saya`, { query: { tahun: String(tahun) } })
}

export function findWitness(cari: string): Promise<Rekan[]> {
  return call<Rekan[]>(`${API}.cari_saksi`, { query: { cari } })
}

/** Empty fields are left out. Raises ServerError (refused, says why) or NetworkError (not known whether it arrived). */
export function submit(
  kind: Pengajuan,
  idKlien: string,
  fields: Record<string, string>,
  letter: File | null,
): Promise<JawabanPermohonan> {
  const form = new FormData()
  form.append('id_klien', idKlien)
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value)
  if (letter) form.append('lampiran', letter, letter.name)
  return call(`${API}.ajukan_${kind}`, { method: 'POST', form, patience: 60_000 })
}

export function withdraw(doctype: JenisPermohonan, name: string, alasan: string): Promise<JawabanPermohonan> {
  return call(`${API}.batalkan`, { method: 'POST', json: { doctype, name, alasan } })
}

/** `sampai`: the new last day. */
export function shorten(name: string, sampai: string, alasan: string): Promise<JawabanPermohonan> {
  return call(`${API}.persingkat`, { method: 'POST', json: { name, sampai, alasan } })
}

/** With the key of a colleague that one's dates, too. */
export function fetchSwapForm(rekan = ''): Promise<IsianTukar> {
  return call<IsianTukar>(`${API}.isian_tukar_dinas`, rekan ? { query: { rekan } } : {})
}
