/** One request and what came of it: no texts, no state, so that the service worker uses it, too. */
import { readFault } from '@/domain/serverMessage'
import { retryAfterMs } from '@/domain/backoff'

export interface Call {
  method?: 'GET' | 'POST'
  query?: Record<string, string>
  json?: unknown
  form?: FormData
  /** Milliseconds to wait for the answer. */
  patience?: number
}

export interface Refusal {
  kind: 'refused'
  status: number
  excType: string
  /** The server's own words; empty when it gave none. */
  sentences: string[]
  /** False when something else than the application answered: a proxy, a hotel's log-in page. */
  spoken: boolean
  /** Milliseconds that the server asks to be left alone. */
  retryAfter: number | null
}

/** `silent`: it is not known whether the server acted. */
export type Answer<T> = { kind: 'ok'; message: T } | Refusal | { kind: 'silent' }

export interface SessionAnswer {
  user: string
  csrf_token: string | null
  pegawai: { name: string; nama: string; opd: string } | null
  /** Of an office tablet's account. */
  kios?: { nama_kios: string } | null
  /** Base64, 32 bytes: what this person's waiting entries are encrypted with on the phone; null for a guest. */
  kunci_segel?: string | null
  /** The consent text that the person has not agreed to yet. */
  naskah?: string | null
  /** The Command Center is open to this person. */
  pusat?: boolean
}

/** With `sesi.info`: a punch waits for the answer, so it goes before those who only look (config of the proxy). */
export const AT_ONCE: Call = { query: { segera: '1' } }

/** The account's own language: the server speaks it unasked. */
const OWN = 'id'
let spoken: string = OWN

/** In which language the server is to refuse. What it stores stays in its own. */
export function speak(language: string): void {
  spoken = language
}

export function spokenLanguage(): string {
  return spoken
}

const onTheirWay = new Set<Promise<unknown>>()

/** Resolves when every request of this page has its answer, whatever it says. */
export async function settled(): Promise<void> {
  await Promise.allSettled(onTheirWay)
}

/** Never throws. */
export function exchange<T>(name: string, options: Call, csrf: string | null): Promise<Answer<T>> {
  const answer = send<T>(name, options, csrf).finally(() => onTheirWay.delete(answer))
  onTheirWay.add(answer)
  return answer
}

async function send<T>(name: string, options: Call, csrf: string | null): Promise<Answer<T>> {
  const control = new AbortController()
  const timer = setTimeout(() => control.abort(), options.patience ?? 20_000)
  try {
    const { query, json } = inLanguage(options)
    const response = await fetch(address(name, query), {
      method: options.method ?? 'GET',
      headers: headersOf(options, csrf),
      body: options.form ?? (json === undefined ? null : JSON.stringify(json)),
      credentials: 'same-origin',
      // Nothing of a person stays in the browser's cache.
      cache: 'no-store',
      signal: control.signal,
    })
    return await read<T>(response)
  } catch {
    return { kind: 'silent' }
  } finally {
    clearTimeout(timer)
  }
}

/** Of a JSON request the framework reads the body alone, of any other the address, too. */
function inLanguage({ query, json }: Call): Pick<Call, 'query' | 'json'> {
  if (spoken === OWN) return { query, json }
  if (json === undefined) return { query: { ...query, _lang: spoken } }
  return { query, json: { ...(json as Record<string, unknown>), _lang: spoken } }
}

function address(name: string, query: Record<string, string> = {}): URL {
  const url = new URL(`/api/method/${name}`, location.origin)
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
  return url
}

function headersOf({ json }: Call, csrf: string | null): Record<string, string> {
  return {
    Accept: 'application/json',
    'X-Requested-With': 'XMLHttpRequest',
    ...(csrf && { 'X-Frappe-CSRF-Token': csrf }),
    ...(json !== undefined && { 'Content-Type': 'application/json' }),
  }
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const body = await response.json().catch(() => null)
  // A page with status 200 that is no JSON comes from something in between.
  if (response.ok) return isRecord(body) ? { kind: 'ok', message: body['message'] as T } : { kind: 'silent' }
  const { excType, sentences } = readFault(body)
  const retryAfter = retryAfterMs(response.headers.get('Retry-After'), Date.now())
  return { kind: 'refused', status: response.status, excType, sentences, spoken: isRecord(body), retryAfter }
}

function isRecord(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}
