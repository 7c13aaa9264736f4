import { useDocumentVisibility } from '@vueuse/core'
import { computed, onMounted, reactive, ref, watch } from 'vue'
import { form } from '@/data/form'
import { NetworkError, sentenceOf } from '@/data/http'
import { fetchMine, shorten, withdraw } from '@/data/permohonan'
import { refreshCount } from '@/data/persetujuan'
import { refreshToday, today } from '@/data/today'
import { UNDO_SECONDS, useUndo } from '@/composables/useUndo'
import { DOCTYPES, sortRequests, type RequestRow } from '@/domain/requestList'
import { p } from '@/i18n/permohonan'
import type { PermohonanSaya } from '@/types/permohonan'

export function useRequests() {
  const visibility = useDocumentVisibility()
  const mine = ref<PermohonanSaya | null>(null)
  const chosen = ref<number | null>(null)
  const state = reactive({ loading: false, fault: '' })

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
      const [answer] = await Promise.all([fetchMine(asked), form.load(), refreshCount()])
      if (asked !== year.value) return
      mine.value = answer
    } catch (error) {
      mine.value = null
      state.fault = sentenceOf(error)
    } finally {
      state.loading = false
    }
  }

  onMounted(load)
  watch(chosen, load)
  // An answer may have come while the phone slept.
  watch(visibility, (now) => now === 'visible' && void load())

  return {
    state,
    rows,
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
  }
}
