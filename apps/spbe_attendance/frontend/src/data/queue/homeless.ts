/** Pictures for which the phone had no room: they live as long as the page, and are sent if that is long enough. */

const pictures = new Map<string, Blob>()

export function giveShelter(id: string, photo: Blob): void {
  pictures.set(id, photo)
}

export function homelessPhoto(id: string): Blob | undefined {
  return pictures.get(id)
}
