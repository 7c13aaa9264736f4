/** The home screen's data and the server's clock. */
import { reactive, readonly, type DeepReadonly } from 'vue'
import { readClock, type ServerClock } from '@/domain/clock'
import type { HariIni } from '@/types/api'
import { fetchToday } from './absensi'
import { NetworkError, sentenceOf } from './http'

const state = reactive({
  data: null as HariIni | null,
  clock: null as ServerClock | null,
  loading: false,
  /** The server cannot be reached. */
  offline: false,
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
  state.loading = true
  const asked = performance.now()
  try {
    const data = await fetchToday()
    // The server read its clock between question and answer: half way is the fairest guess.
    state.clock = readClock(data.waktu_server, (asked + performance.now()) / 2)
    state.data = data
    state.message = ''
    state.offline = false
  } catch (error) {
    state.offline = error instanceof NetworkError
    state.message = sentenceOf(error)
  } finally {
    state.loading = false
  }
}
