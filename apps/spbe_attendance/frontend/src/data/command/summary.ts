/** The summary of a day and a unit. An unchanged one costs the server next to nothing: it is asked for by its ETag. */
import { readFault } from '@/domain/serverMessage'
import { NetworkError, ServerError } from '@/data/http'
import { spokenLanguage } from '@/data/wire'
import { t } from '@/i18n'
import type { Summary } from '@/types/pemantauan'

export interface Wanted {
  /** Empty: today. */
  tanggal: string
  /** Empty: all that the reader may see. */
  opd: string
}

const API = '/api/method/spbe_attendance.api.pemantauan'
const PATIENCE_MS = 20_000

let last: { address: string; etag: string; summary: Summary } | null = null

export function addressOf(name: string, query: Record<string, string | number | undefined>): string {
  const url = new URL(`${API}.${name}`, location.origin)
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') url.searchParams.set(key, String(value))
  if (spokenLanguage() !== 'id') url.searchParams.set('_lang', spokenLanguage())
  return url.toString()
}

/** Raises ServerError or NetworkError. */
export async function fetchSummary({ tanggal, opd }: Wanted): Promise<Summary> {
  const address = addressOf('ringkasan', { tanggal, opd })
  const known = last?.address === address ? last : null
  const answer = await get(address, known ? { 'If-None-Match': known.etag } : {})
  if (answer.status === 304 && known) return known.summary
  const summary = ((await answer.json()) as { message: Summary }).message
  const etag = answer.headers.get('ETag')
  last = etag ? { address, etag, summary } : null
  return summary
}

/** A good answer (or "not changed"); anything else is raised. */
export async function get(address: string, headers: Record<string, string> = {}): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(address, {
      headers: { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest', ...headers },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  } catch {
    throw new NetworkError(navigator.onLine ? t.network.slow : t.network.offline)
  }
  if (answer.ok || answer.status === 304) return answer
  const { excType, sentences } = readFault(await answer.json().catch(() => null))
  if (answer.status >= 502) throw new NetworkError(sentences.join(' ') || t.network.server)
  throw new ServerError(answer.status, excType, sentences.join(' ') || t.network.unknown)
}
