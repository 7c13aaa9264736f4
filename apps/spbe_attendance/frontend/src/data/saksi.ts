/** The endpoints of punches on somebody else's device, and of the own PIN. */
import type { IsianSaksi, PenerimaanSaksi, PermintaanSaksi } from '@/types/saksi'
import { waitBefore } from '@/domain/backoff'
import { call, NetworkError } from './http'

const API = 'spbe_attendance.api.saksi'
const TRIES = 3
const PHOTO_TRIES = 6

export function fetchWitnessForm(): Promise<IsianSaksi> {
  return call<IsianSaksi>(`${API}.isian`)
}

/**
 * The same id_klien gives the same answer, so silence is answered by asking again: the PIN is gone after this.
 * Raises ServerError, or NetworkError when no try was answered.
 */
export async function sendWitnessed(punch: PermintaanSaksi): Promise<PenerimaanSaksi> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call<PenerimaanSaksi>(`${API}.catat`, { method: 'POST', json: punch })
    } catch (error) {
      if (!(error instanceof NetworkError) || tries >= TRIES || !navigator.onLine) throw error
      await pause(tries)
    }
  }
}

/** Repeatable. Raises what the last try met; a refusal is not tried again. */
export async function sendWitnessedPhoto(idKlien: string, photo: Blob): Promise<void> {
  const form = new FormData()
  form.append('id_klien', idKlien)
  form.append('foto', photo, 'foto.jpg')
  for (let tries = 1; ; tries += 1) {
    try {
      await call(`${API}.unggah_foto`, { method: 'POST', form, patience: 60_000 })
      return
    } catch (error) {
      if (!(error instanceof NetworkError) || tries >= PHOTO_TRIES) throw error
      await pause(tries)
    }
  }
}

export function setPin(pin: string, kataSandi: string): Promise<{ punya_pin: boolean }> {
  return call(`${API}.atur_pin`, { method: 'POST', json: { pin, kata_sandi: kataSandi } })
}

function pause(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitBefore(tries, Math.random())))
}
