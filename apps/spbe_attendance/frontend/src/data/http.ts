/** The one door to the server: envelopes, CSRF, errors as sentences. */
import { t } from '@/i18n'
import { readFault } from '@/domain/serverMessage'

/** The server refused, and says why. */
export class ServerError extends Error {
  constructor(
    readonly status: number,
    readonly excType: string,
    message: string,
  ) {
    super(message)
    this.name = 'ServerError'
  }
}

/** No answer came: it is not known whether the server acted. */
export class NetworkError extends Error {
  constructor(message: string = t.network.slow) {
    super(message)
    this.name = 'NetworkError'
  }
}

export interface Call {
  method?: 'GET' | 'POST'
  query?: Record<string, string>
  json?: unknown
  form?: FormData
  /** Milliseconds to wait for the answer. */
  patience?: number
}

type Listener = () => void

let csrfToken: string | null = null
let refreshToken: () => Promise<void> = async () => undefined
let onRefused: Listener = () => undefined

export function setCsrfToken(token: string | null): void {
  csrfToken = token
}

/** How the token is fetched anew and who hears of a refused session; set once by the session. */
export function connectSession(refresh: () => Promise<void>, refused: Listener): void {
  refreshToken = refresh
  onRefused = refused
}

const onTheirWay = new Set<Promise<unknown>>()

/** Resolves when every call that is on its way has its answer, whatever it says. */
export async function settled(): Promise<void> {
  await Promise.allSettled(onTheirWay)
}

/** `message` of the answer. Raises ServerError or NetworkError. */
export function call<T>(name: string, options: Call = {}): Promise<T> {
  const answer = ask<T>(name, options)
  onTheirWay.add(answer)
  const done = () => onTheirWay.delete(answer)
  answer.then(done, done)
  return answer
}

async function ask<T>(name: string, options: Call): Promise<T> {
  if (options.method === 'POST' && csrfToken === null && name !== 'login') await refreshToken()
  try {
    return await once<T>(name, options)
  } catch (error) {
    if (!(error instanceof ServerError) || error.excType !== 'CSRFTokenError') throw error
    await refreshToken()
    return once<T>(name, options)
  }
}

async function once<T>(name: string, options: Call): Promise<T> {
  const response = await send(name, options)
  const body = await readBody(response)
  if (response.ok) return (body as { message?: T } | null)?.message as T
  const { excType, sentences } = readFault(body)
  if (response.status === 401 || response.status === 403) onRefused()
  // A gateway without the application behind it, or a busy database: nothing was done, a try again may help.
  if (response.status >= 502) throw new NetworkError(sentences.join(' ') || t.network.server)
  const spare = response.status >= 500 ? t.network.server : t.network.unknown
  throw new ServerError(response.status, excType, sentences.join(' ') || spare)
}

async function send(name: string, options: Call): Promise<Response> {
  const url = new URL(`/api/method/${name}`, window.location.origin)
  for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value)
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Requested-With': 'XMLHttpRequest' }
  if (csrfToken) headers['X-Frappe-CSRF-Token'] = csrfToken
  if (options.json !== undefined) headers['Content-Type'] = 'application/json'
  const control = new AbortController()
  const timer = setTimeout(() => control.abort(), options.patience ?? 20_000)
  try {
    return await fetch(url, {
      method: options.method ?? 'GET',
      headers,
      body: options.form ?? (options.json === undefined ? null : JSON.stringify(options.json)),
      credentials: 'same-origin',
      // Nothing of a person stays in the browser's cache.
      cache: 'no-store',
      signal: control.signal,
    })
  } catch {
    throw new NetworkError(navigator.onLine ? t.network.slow : t.network.offline)
  } finally {
    clearTimeout(timer)
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    if (response.ok) throw new NetworkError(t.network.slow)
    return null
  }
}

/** The sentence to show for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof ServerError || error instanceof NetworkError ? error.message : t.network.unknown
}
