/** Photos on their way: the receipt does not wait for them, and leaving a page does not stop them. */
import { computed, reactive } from 'vue'
import { waitBefore } from '@/domain/backoff'
import { sendPhoto } from './absensi'
import { NetworkError, ServerError, sentenceOf } from './http'

export type UploadState = 'sending' | 'waiting' | 'sent' | 'failed'

interface Upload {
  idKlien: string
  photo: Blob
  state: UploadState
  tries: number
  message: string
  timer: ReturnType<typeof setTimeout> | undefined
}

const uploads = reactive(new Map<string, Upload>())

export const unfinishedUploads = computed(() =>
  [...uploads.values()].filter((upload) => upload.state !== 'sent'),
)

export function uploadOf(idKlien: string): Readonly<Upload> | undefined {
  return uploads.get(idKlien)
}

export function startUpload(idKlien: string, photo: Blob): void {
  uploads.set(idKlien, { idKlien, photo, state: 'sending', tries: 0, message: '', timer: undefined })
  void attempt(idKlien)
}

/** Tries every photo that is not through, at once. */
export function retryUploads(): void {
  for (const upload of unfinishedUploads.value) {
    if (upload.state === 'sending') continue
    upload.tries = 0
    void attempt(upload.idKlien)
  }
}

async function attempt(idKlien: string): Promise<void> {
  const upload = uploads.get(idKlien)
  if (!upload) return
  clearTimeout(upload.timer)
  upload.state = 'sending'
  upload.tries += 1
  try {
    await sendPhoto(idKlien, upload.photo)
    upload.state = 'sent'
    // The picture is the server's now.
    upload.photo = new Blob()
  } catch (error) {
    const again = error instanceof NetworkError || (error instanceof ServerError && error.status >= 500)
    const wait = again ? waitBefore(upload.tries) : null
    upload.message = sentenceOf(error)
    upload.state = wait === null ? 'failed' : 'waiting'
    if (wait !== null) upload.timer = setTimeout(() => void attempt(idKlien), wait)
  }
}

window.addEventListener('online', retryUploads)
window.addEventListener('beforeunload', (event) => {
  if (unfinishedUploads.value.length > 0) event.preventDefault()
})
