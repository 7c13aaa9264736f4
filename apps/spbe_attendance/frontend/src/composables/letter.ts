/** An attachment under the limit: pictures are made smaller, documents are taken as they are. */
import { fitsBudget, letterAttempts } from '@/domain/photoBudget'
import { PhotoTooLarge, readPicture, shrink } from './photo'

export class LetterTooLarge extends Error {}

/** Raises LetterTooLarge or PhotoUnreadable. */
export async function prepareLetter(file: File, kilobytes: number): Promise<File> {
  const head = new TextDecoder('latin1').decode(await file.slice(0, 5).arrayBuffer())
  if (head === '%PDF-') {
    if (!fitsBudget(file.size, kilobytes)) throw new LetterTooLarge()
    return file
  }
  const picture = await readPicture(file)
  try {
    const blob = await shrink(picture, letterAttempts(), kilobytes)
    return new File([blob], `${file.name.replace(/\.\w+$/, '') || 'lampiran'}.jpg`, { type: blob.type })
  } catch (error) {
    throw error instanceof PhotoTooLarge ? new LetterTooLarge() : error
  } finally {
    picture.close()
  }
}
