import { computed, reactive, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { fetchCard, makeCardFile } from '@/data/card'
import { sentenceOf } from '@/data/http'
import { refreshToday, today } from '@/data/today'
import { isMonth, shiftMonth } from '@/domain/calendar'
import { cardTotals } from '@/domain/card'
import { p } from '@/i18n/permohonan'
import type { Kartu } from '@/types/permohonan'

export function useCard() {
  const route = useRoute()
  const router = useRouter()
  const card = ref<Kartu | null>(null)
  const state = reactive({ loading: false, fault: '' })
  const file = reactive({ making: false, percent: 0, fault: '', url: '' })

  /** The server's month: the device's calendar may be wrong. */
  const current = computed(() => today.data?.jadwal.tanggal.slice(0, 7) ?? '')
  const month = computed(() => (isMonth(route.query['bulan']) ? route.query['bulan'] : current.value))
  const totals = computed(() => cardTotals(card.value?.hari ?? []))

  function choose(next: string): void {
    if (isMonth(next)) void router.replace({ name: 'card', query: { bulan: next } })
  }

  async function load(): Promise<void> {
    card.value = null
    Object.assign(file, { percent: 0, fault: '', url: '' })
    Object.assign(state, { loading: true, fault: '' })
    if (!today.data) await refreshToday()
    const asked = month.value
    try {
      const answer = asked ? await fetchCard(asked) : null
      if (asked !== month.value) return
      card.value = answer
      if (!answer) state.fault = today.message
    } catch (error) {
      if (asked === month.value) state.fault = sentenceOf(error)
    } finally {
      if (asked === month.value) state.loading = false
    }
  }

  async function makeFile(): Promise<void> {
    if (file.making) return
    const asked = month.value
    Object.assign(file, { making: true, percent: 0, fault: '', url: '' })
    try {
      const url = await makeCardFile(asked, (percent) => (file.percent = percent))
      if (asked !== month.value) return
      if (url) file.url = url
      else file.fault = p.card.broken
    } catch (error) {
      if (asked === month.value) file.fault = sentenceOf(error)
    } finally {
      file.making = false
    }
  }

  watch(month, load, { immediate: true })
  return {
    card,
    state,
    file,
    totals,
    month,
    current,
    isLast: computed(() => current.value !== '' && month.value >= current.value),
    choose,
    load,
    makeFile,
    step: (by: number) => choose(shiftMonth(month.value, by)),
  }
}
