/** Where a browser can keep nothing, a punch goes straight to the server and its arrival counts. */
import { sendPhoto, sendPunch } from '@/data/absensi'
import { waitBefore } from '@/domain/backoff'
import { plainFields, type Draft } from './capture'
import type { Penerimaan } from '@/types/api'

const PHOTO_TRIES = 5

/** Safe to repeat with the same draft. Raises ServerError or NetworkError. */
export async function sendStraight(draft: Draft, alasan?: string): Promise<Penerimaan> {
  const receipt = await sendPunch({ ...plainFields(draft), ...(alasan && { alasan }) })
  if (draft.photo) void sendPicture(draft.capture.id, draft.photo)
  return receipt
}

/** A punch whose photo never comes goes to review: no need to trouble anybody here. */
async function sendPicture(id: string, photo: Blob): Promise<void> {
  for (let tries = 1; tries <= PHOTO_TRIES; tries += 1) {
    try {
      await sendPhoto(id, photo)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, waitBefore(tries, Math.random())))
    }
  }
}
