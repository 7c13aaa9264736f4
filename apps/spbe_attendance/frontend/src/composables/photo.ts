/** Pictures in the browser: drawn anew, so that nothing but pixels leaves the phone (no EXIF, no place). */
import { fitsBudget, photoAttempts, scaledSize, type Attempt } from '@/domain/photoBudget'
import { t } from '@/i18n'

export interface SealedPhoto {
  blob: Blob
  sha256: string
}

export class PhotoUnreadable extends Error {}
export class PhotoTooLarge extends Error {}
export class InsecurePage extends Error {}

/** What to tell when a photo could not be taken. */
export function photoFault(error: unknown): string {
  if (error instanceof InsecurePage) return t.punch.insecure
  return error instanceof PhotoTooLarge ? t.punch.photoTooLarge : t.punch.photoBroken
}

type Source = HTMLVideoElement | ImageBitmap

/** A JPEG under the limit with its SHA-256. Raises PhotoUnreadable, PhotoTooLarge or InsecurePage. */
export async function sealPhoto(
  source: Source,
  longestSide: number,
  kilobytes: number,
): Promise<SealedPhoto> {
  if (!window.isSecureContext || !crypto.subtle) throw new InsecurePage()
  const blob = await shrink(source, photoAttempts(longestSide), kilobytes)
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return {
    blob,
    sha256: [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  }
}

/** A chosen file as pixels, turned the right way up. Raises PhotoUnreadable. */
export async function readPicture(file: File): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new PhotoUnreadable()
  }
}

/** A JPEG under the limit, by the first attempt that fits. Raises PhotoUnreadable or PhotoTooLarge. */
export async function shrink(source: Source, attempts: Attempt[], kilobytes: number): Promise<Blob> {
  const [width, height] =
    source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height]
  if (!width || !height) throw new PhotoUnreadable()
  for (const { side, quality } of attempts) {
    const size = scaledSize(width, height, side)
    const canvas = document.createElement('canvas')
    canvas.width = size.width
    canvas.height = size.height
    const pen = canvas.getContext('2d')
    if (!pen) throw new PhotoUnreadable()
    pen.drawImage(source, 0, 0, size.width, size.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && fitsBudget(blob.size, kilobytes)) return blob
  }
  throw new PhotoTooLarge()
}
