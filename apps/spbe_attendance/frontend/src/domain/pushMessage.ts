/** What a push message of the server says, whatever arrives: a browser must always show something for it. */

export interface PushMessage {
  title: string
  body: string
  /** A page of this app. */
  url: string
  /** Of one kind the newest stands for all; decisions stand each for itself. */
  tag: string
}

const HOME = '/absen'
const TITLE = 'SPBE Absensi'
const BODY = 'Ada kabar baru. Buka aplikasi untuk melihatnya.'

export function readPush(text: string | null): PushMessage {
  let told: Record<string, unknown> = {}
  try {
    const parsed: unknown = JSON.parse(text ?? '')
    if (typeof parsed === 'object' && parsed !== null) told = parsed as Record<string, unknown>
  } catch {
    // Shown as news without words.
  }
  const kind = words(told['jenis'], 'kabar')
  const body = words(told['isi'], BODY)
  return {
    title: words(told['judul'], TITLE),
    body,
    url: pageOf(told['url']),
    tag: kind === 'keputusan' ? `${kind}: ${body}` : kind,
  }
}

/** Only pages of this app: nothing that a message names leads elsewhere. */
export function pageOf(value: unknown): string {
  return typeof value === 'string' && /^\/absen(\/[a-z/-]*)?$/.test(value) ? value : HOME
}

function words(value: unknown, spare: string): string {
  return typeof value === 'string' && value.trim() ? value : spare
}
