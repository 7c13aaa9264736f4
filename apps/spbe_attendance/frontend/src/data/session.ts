/** Who is logged in, and how a log-out leaves nothing behind. */
import { reactive, readonly } from 'vue'
import { call, connectSession, knownToken, NetworkError, ServerError, setCsrfToken } from './http'
import { keptSession, rememberSession } from './queue/people'
import { showQueueOf } from './queue/list'
import { sendNow } from './queue/wake'
import { AT_ONCE, settled, type SessionAnswer } from './wire'
import { forgetPush } from './push'
import { forgetEverything, logoutIsPending, setLogoutPending } from './device'

type State = 'unknown' | 'guest' | 'user'

const state = reactive({
  state: 'unknown' as State,
  /** Pegawai; empty when nobody is logged in or the account is nobody's. */
  pegawai: '',
  nama: '',
  isStaff: true,
  /** Name of the kiosk that this device is; null on a person's phone. */
  kios: null as string | null,
  /** The consent text that waits for this person's agreement; empty when there is none, or it is not known. */
  naskah: '',
  pusat: false,
  /** The session ended without a log-out by the person. */
  ended: false,
  /** A log-out that the server has not heard of yet. */
  pendingLogout: logoutIsPending(),
})

export const session = readonly(state)

const INFO = 'spbe_attendance.api.sesi.info'

let running: Promise<void> | null = null

/** Asks the server who this is; keeps what is known when there is no answer. Raises NetworkError. */
export function refreshSession(): Promise<void> {
  running ??= load().finally(() => (running = null))
  return running
}

async function load(): Promise<void> {
  if (state.pendingLogout) await finishPendingLogout()
  // A punch may wait for a token; whoever has one only looks.
  const info = await call<SessionAnswer>(INFO, knownToken() === null ? AT_ONCE : {})
  // A browser that keeps nothing still works with a network.
  await rememberSession(info).catch((error: unknown) => console.warn('Nothing is kept on this phone:', error))
  apply(info)
  await showQueueOf(state.pegawai)
}

/** Who was here last, before the server has answered: the app opens without a network. */
export async function restoreSession(): Promise<void> {
  if (state.pendingLogout) return
  const kept = await keptSession()
  if (!kept || state.state !== 'unknown') return
  Object.assign(state, { state: 'user', pegawai: kept.pegawai, nama: kept.nama })
  if (knownToken() === null) setCsrfToken(kept.csrf ?? null)
  await showQueueOf(kept.pegawai)
}

function apply(info: SessionAnswer): void {
  const guest = info.user === 'Guest'
  if (guest && state.state === 'user') state.ended = true
  state.state = guest ? 'guest' : 'user'
  state.pegawai = info.pegawai?.name ?? ''
  state.nama = info.pegawai?.nama ?? ''
  state.kios = info.kios?.nama_kios ?? null
  state.naskah = info.naskah ?? ''
  state.pusat = info.pusat ?? false
  state.isStaff = guest || info.pegawai !== null
  setCsrfToken(info.csrf_token)
}

/** The server has the agreement to the text. */
export function consentGiven(): void {
  state.naskah = ''
}

/** Raises ServerError (wrong password among others) or NetworkError. */
export function login(nip: string, password: string): Promise<void> {
  return enter(() => call('login', { method: 'POST', json: { usr: nip, pwd: password } }))
}

/** `open`: the call whose answer carries the session. Raises what it raises. */
export async function enter(open: () => Promise<unknown>): Promise<void> {
  // A session of somebody else may still be open: its token is needed, and its log-out comes first.
  await refreshSession()
  // What a guest has asked for is answered with a guest's cookie: arriving after the log-in it would end it.
  await settled()
  await open()
  state.ended = false
  // Not one that was asked before the log-in and still runs: it would answer that nobody is there.
  await running?.catch(() => undefined)
  await refreshSession()
  // What waited on this phone for this person goes out now.
  void sendNow()
}

/** Closes the session at the server and wipes the phone; offline the server hears of it at the next contact. */
export async function logout(): Promise<void> {
  await forgetPush()
  await quiet()
  try {
    await call('logout', { method: 'POST', patience: 8000 })
  } catch (error) {
    // Refused means that there is no session any more.
    if (error instanceof NetworkError || (error instanceof ServerError && error.status >= 500))
      setLogoutPending(true)
  }
  setCsrfToken(null)
  await forgetEverything()
  // A fresh document: nothing of the person stays in memory or on the screen.
  window.location.replace('/absen/login')
}

/** What is still on its way could bring the session back at the server after its end. Waits for it, not for ever. */
function quiet(): Promise<unknown> {
  return Promise.race([settled(), new Promise((resolve) => setTimeout(resolve, 5000))])
}

async function finishPendingLogout(): Promise<void> {
  const info = await call<SessionAnswer>(INFO)
  setCsrfToken(info.csrf_token)
  if (info.user !== 'Guest') {
    await quiet()
    await call('logout', { method: 'POST' })
  }
  setCsrfToken(null)
  setLogoutPending(false)
  state.pendingLogout = false
}

let checking = false
connectSession(refreshSession, () => {
  // A refusal may mean an ended session; one look decides, and its own failure changes nothing.
  if (checking || state.state === 'guest') return
  checking = true
  refreshSession()
    .catch(() => undefined)
    .finally(() => (checking = false))
})
