/** The home screen's data and the server's clock. */
import { reactive, readonly, type DeepReadonly } from 'vue'
import { readClock, wallTime, type ServerClock } from '@/domain/clock'
import type { HariIni } from '@/types/api'
import { fetchAnchor, fetchToday } from './absensi'
import { csrf, NetworkError, sentenceOf } from './http'
import { holdAnchor, holdsAnchor, keepAnchor, type Readings } from './queue/anchor'
import { registerEarly } from './queue/drain'
import { asOf, keepDay, keptDay } from './queue/kept'
import { session } from './session'

const state = reactive({
  data: null as HariIni | null,
  clock: null as ServerClock | null,
  loading: false,
  /** Shown is what was known last, and the time is reckoned by the phone's clock. */
  guessed: false,
  /** The server cannot be reached. */
  offline: false,
  /** Whom it has told the time alone: this person's punches are proven. */
  timed: '',
  message: '',
})

export const today: DeepReadonly<typeof state> = readonly(state)

let running: Promise<void> | null = null

/** Never throws: what went wrong is in `today`. */
export function refreshToday(): Promise<void> {
  running ??= load().finally(() => (running = null))
  return running
}

async function load(): Promise<void> {
  // Nothing is asked in a session that waits for its end.
  if (session.pendingLogout) return
  state.loading = true
  await showKept()
  const t0 = performance.now()
  try {
    const data = await fetchToday()
    const t1 = performance.now()
    const wall = Date.now()
    // The server read its clock between question and answer: half way is the fairest guess.
    state.clock = readClock(data.waktu_server, (t0 + t1) / 2)
    Object.assign(state, { data, message: '', offline: false, guessed: false })
    void keepForLater(data, { t0, t1, wall })
  } catch (error) {
    state.offline = error instanceof NetworkError
    state.message = sentenceOf(error)
    void askTheTime()
  } finally {
    state.loading = false
  }
}

/** Whoever opens the app while the server puts home screens off can prove all the same when they punch. Never throws. */
async function askTheTime(): Promise<void> {
  const name = session.pegawai
  if (!name || !navigator.onLine || holdsAnchor(name)) return
  const t0 = performance.now()
  try {
    const { jangkar, waktu_server: time } = await fetchAnchor()
    const readings = { t0, t1: performance.now(), wall: Date.now() }
    // Somebody else, or a home screen that came after all.
    if (session.pegawai !== name || holdsAnchor(name)) return
    holdAnchor(name, jangkar, readings)
    state.clock = readClock(time, (t0 + readings.t1) / 2)
    state.timed = jangkar === null ? '' : name
    await keepProof(name, jangkar)
  } catch {
    // As busy as that, or no network: what was known before must do.
  }
}

/** What was known last, at once: hours and places seldom change from one day to the next. */
async function showKept(): Promise<void> {
  if (state.data || !session.pegawai) return
  const kept = await keptDay(session.pegawai)
  const then = kept && readClock(kept.data.waktu_server, 0)
  if (!kept || !then || state.data) return
  // The phone's clock is all there is to tell how long ago that was.
  state.clock = { ...then, epoch: then.epoch + (Date.now() - kept.wall), mark: performance.now() }
  state.guessed = true
  state.data = asOf(kept.data, wallTime(state.clock, performance.now()).date)
}

async function keepForLater(data: HariIni, readings: Readings): Promise<void> {
  const { name } = data.pegawai
  holdAnchor(name, data.jangkar, readings)
  await keepDay(data, readings.wall)
  await keepProof(name, data.jangkar)
}

/** What a later punch is proven with, on the phone and, as to the key, at the server. Never throws. */
async function keepProof(name: string, jangkar: string | null): Promise<void> {
  try {
    // The person's row is there when the session is known.
    const token = await csrf()
    await keepAnchor(name)
    if (jangkar) await registerEarly(name, jangkar, token)
  } catch {
    // Nothing can be kept here, or the network is gone again: the queue does the same later.
  }
}
