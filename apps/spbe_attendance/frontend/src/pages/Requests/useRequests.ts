import { useDocumentVisibility } from '@vueuse/core'
import { computed, onMounted, reactive, ref, watch } from 'vue'
import { form } from '@/data/form'
import { NetworkError, sentenceOf } from '@/data/http'
import { decide, fetchMine, fetchWaiting, shorten, withdraw } from '@/data/permohonan'
import { refreshToday, today } from '@/data/today'
import { UNDO_SECONDS, useUndo } from '@/composables/useUndo'
import { DOCTYPES, sortRequests, type RequestRow } from '@/domain/requestList'
import { p } from '@/i18n/permohonan'
import type { PerluPutusan, PermohonanSaya } from '@/types/permohonan'

export function useRequests() {
  const visibility = useDocumentVisibility()
  const mine = ref<PermohonanSaya | null>(null)
  const waitingForMe = ref<PerluPutusan[]>([])
  const chosen = ref<number | null>(null)
  const state = reactive({ loading: false, fault: '', saving: false, saveFault: '' })

  const undo = useUndo(() => void load())

  const date = computed(() => today.data?.jadwal.tanggal ?? '')
  const year = computed(() => chosen.value ?? Number(date.value.slice(0, 4)))
  const rows = computed(() => (mine.value ? sortRequests(mine.value) : null))

  async function load(): Promise<void> {
    state.loading = true
    state.fault = ''
    if (!today.data) await refreshToday()
    const asked = year.value
    try {
      if (!asked) throw new NetworkError(today.message)
      const [answer, decisions] = await Promise.all([fetchMine(asked), fetchWaiting(), form.load()])
      if (asked !== year.value) return
      mine.value = answer
      waitingForMe.value = decisions
    } catch (error) {
      mine.value = null
      state.fault = sentenceOf(error)
    } finally {
      state.loading = false
    }
  }

  /** True when it is done; else the sentence is in `saveFault`. */
  async function save(action: () => Promise<unknown>): Promise<boolean> {
    if (state.saving) return false
    Object.assign(state, { saving: true, saveFault: '' })
    try {
      await action()
    } catch (error) {
      state.saveFault = sentenceOf(error)
      return false
    } finally {
      state.saving = false
    }
    await load()
    return true
  }

  onMounted(load)
  watch(chosen, load)
  // An answer may have come while the phone slept.
  watch(visibility, (now) => now === 'visible' && void load())

  return {
    state,
    rows,
    waitingForMe,
    year,
    date,
    load,
    step: (by: number) => (chosen.value = year.value + by),
    undo,
    withdraw: ({ kind, data }: RequestRow, why: string) =>
      undo.offer({
        soon: p.cancel.soon(UNDO_SECONDS),
        done: p.cancel.done,
        run: () => withdraw(DOCTYPES[kind], data.name, why),
      }),
    shorten: ({ data }: RequestRow, until: string, why: string) =>
      undo.offer({
        soon: p.shorten.soon(UNDO_SECONDS),
        done: p.shorten.done,
        run: () => shorten(data.name, until, why),
      }),
    decide: (row: PerluPutusan, action: string, note: string) => save(() => decide(row, action, note)),
  }
}
