/** The one door to the server: envelopes, CSRF, errors as sentences. */
import { t } from '@/i18n'
import { exchange, type Call } from './wire'

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

type Listener = () => void

let csrfToken: string | null = null
let refreshToken: () => Promise<void> = async () => undefined
let onRefused: Listener = () => undefined

export function setCsrfToken(token: string | null): void {
  csrfToken = token
}

/** The token in use; null when the server has not given one to this page. */
export function knownToken(): string | null {
  return csrfToken
}

/** The token in use, fetched when there is none. Raises NetworkError. */
export async function csrf(): Promise<string | null> {
  if (csrfToken === null) await refreshToken()
  return csrfToken
}

/** How the token is fetched anew and who hears of a refused session; set once by the session. */
export function connectSession(refresh: () => Promise<void>, refused: Listener): void {
  refreshToken = refresh
  onRefused = refused
}

/** `message` of the answer. Raises ServerError or NetworkError. */
export async function call<T>(name: string, options: Call = {}): Promise<T> {
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
  const answer = await exchange<T>(name, options, csrfToken)
  if (answer.kind === 'ok') return answer.message
  if (answer.kind === 'silent') throw new NetworkError(navigator.onLine ? t.network.slow : t.network.offline)
  const { status, excType, sentences } = answer
  if (status === 401 || status === 403) onRefused()
  // A gateway without the application behind it, or a busy database: nothing was done, a try again may help.
  if (status >= 502) throw new NetworkError(sentences.join(' ') || t.network.server)
  const spare = status >= 500 ? t.network.server : t.network.unknown
  throw new ServerError(status, excType, sentences.join(' ') || spare)
}

/** The sentence to show for whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof ServerError || error instanceof NetworkError ? error.message : t.network.unknown
}
