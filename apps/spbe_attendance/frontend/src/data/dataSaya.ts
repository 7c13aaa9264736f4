/** The endpoints of the own data: a copy of them, and corrections of master data. */
import type { Perbaikan, Salinan } from '@/types/dataSaya'
import { call } from './http'

const API = 'spbe_attendance.api.privasi'

export function fetchCopy(): Promise<Salinan> {
  return call<Salinan>(`${API}.salinan`)
}

/** Has it made in the background. Raises ServerError or NetworkError. */
export function askForCopy(): Promise<Salinan> {
  return call<Salinan>(`${API}.minta_salinan`, { method: 'POST' })
}

export function fetchCorrections(): Promise<Perbaikan> {
  return call<Perbaikan>(`${API}.perbaikan`)
}

export function askForCorrection(bidang: string, nilai_baru: string, alasan: string): Promise<Perbaikan> {
  return call<Perbaikan>(`${API}.ajukan_perbaikan`, { method: 'POST', json: { bidang, nilai_baru, alasan } })
}

export function withdrawCorrection(name: string): Promise<Perbaikan> {
  return call<Perbaikan>(`${API}.batalkan_perbaikan`, { method: 'POST', json: { name } })
}
