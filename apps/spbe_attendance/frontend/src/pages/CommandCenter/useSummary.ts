import { useDocumentVisibility, useEventListener } from '@vueuse/core'
import { computed, onBeforeUnmount, reactive, readonly, shallowRef, watch } from 'vue'
import { signedIn } from '@/data/command/boot'
import { Rooms } from '@/data/command/room'
import { fetchSummary, type Wanted } from '@/data/command/summary'
import { sentenceOf, ServerError } from '@/data/http'
import { readClock, type ServerClock } from '@/domain/clock'
import { merged } from '@/domain/command/merge'
import { followAfterMs, pollAfterMs, refreshAfterMs, retryAfterMs } from '@/domain/command/pace'
import type { Summary, Tick } from '@/types/pemantauan'

/** Milliseconds from asking for a room until the server, too, has let us in. */
const SETTLE_MS = 700

/** `live`: told of every change; `polling`: asks; `cut`: the last questions had no answer; `past`: nothing changes any more. */
export type Link = 'loading' | 'live' | 'polling' | 'cut' | 'past'
export type Trouble = { kind: 'ended' | 'refused' | 'silent'; sentence: string }

/** The summary of what is wanted, kept up to date for as long as somebody looks. */
export function useSummary(wanted: () => Wanted) {
  const summary = shallowRef<Summary | null>(null)
  const state = reactive({
    loading: true,
    connected: false,
    trouble: null as Trouble | null,
    clock: null as ServerClock | null,
    /** Reading of the monotonic counter when the shown numbers came. */
    heard: 0,
  })
  let asked = 0
  let ticks = 0
  let fails = 0
  let answered: Summary | null = null
  let next: ReturnType<typeof setTimeout> | undefined
  let follow: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    clearTimeout(next)
    clearTimeout(follow)
    follow = undefined
    const mine = ++asked
    const ticksBefore = ticks
    try {
      const answer = await fetchSummary(wanted())
      if (mine === asked) accept(answer, ticks !== ticksBefore)
    } catch (error) {
      if (mine === asked) fail(error)
    }
    if (mine !== asked) return
    state.loading = false
    plan()
  }

  function accept(answer: Summary, overtaken: boolean) {
    fails = 0
    state.trouble = null
    const before = summary.value
    // A tick came while the question ran, and knows more than the answer: the next answer brings the rest.
    const older = overtaken && before?.opd?.name === answer.opd?.name && answer.versi < (before?.versi ?? 0)
    if (!older) summary.value = answer
    // An unchanged one is the same object again, with the time of back then.
    if (answer !== answered) state.clock = readClock(answer.waktu_server, performance.now())
    answered = answer
    state.heard = performance.now()
    rooms.follow(answer.hari_ini ? answer.ruang : [])
  }

  function fail(error: unknown) {
    fails += 1
    const refused = error instanceof ServerError && error.status < 500
    const kind = !refused ? 'silent' : signedIn() ? 'refused' : 'ended'
    state.trouble = { kind, sentence: sentenceOf(error) }
    if (kind !== 'silent') summary.value = null
  }

  /** When to ask again, without a reason from outside. */
  function plan() {
    clearTimeout(next)
    const kind = state.trouble?.kind
    if (kind === 'ended' || kind === 'refused' || visibility.value === 'hidden') return
    if (kind === 'silent') next = setTimeout(ask, retryAfterMs(fails, Math.random()))
    else if (summary.value?.hari_ini)
      next = setTimeout(ask, (state.connected ? refreshAfterMs : pollAfterMs)(Math.random()))
  }

  function tick(message: Tick) {
    ticks += 1
    if (!summary.value) return
    const updated = merged(summary.value, message)
    if (updated === summary.value) return
    summary.value = updated
    state.heard = performance.now()
    follow ??= setTimeout(ask, followAfterMs(Math.random()))
  }

  const rooms = new Rooms({
    tick,
    joined() {
      state.connected = true
      clearTimeout(next)
      next = setTimeout(ask, SETTLE_MS)
    },
    lost() {
      if (state.connected) plan()
      state.connected = false
    },
  })
  const visibility = useDocumentVisibility()
  watch(visibility, (now) => now === 'visible' && void ask())
  useEventListener(window, 'online', () => void ask())
  watch(
    () => JSON.stringify(wanted()),
    () => {
      state.loading = true
      void ask()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    asked += 1
    clearTimeout(next)
    clearTimeout(follow)
    rooms.close()
  })

  const link = computed<Link>(() => {
    if (!summary.value) return 'loading'
    if (state.trouble) return 'cut'
    if (!summary.value.hari_ini) return 'past'
    return state.connected ? 'live' : 'polling'
  })
  return { summary: computed(() => summary.value), state: readonly(state), link, ask }
}

export type LiveSummary = ReturnType<typeof useSummary>
