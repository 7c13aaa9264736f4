import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { fetchHistory } from '@/data/absensi'
import { form } from '@/data/form'
import { sentenceOf } from '@/data/http'
import { refreshToday, today } from '@/data/today'
import { isMonth, shiftMonth } from '@/domain/calendar'
import type { Riwayat } from '@/types/api'

export function useHistory() {
  const route = useRoute()
  const router = useRouter()
  const data = ref<Riwayat | null>(null)
  const loading = ref(false)
  const fault = ref('')

  /** The server's month: the device's calendar may be wrong. */
  const date = computed(() => today.data?.jadwal.tanggal ?? '')
  const current = computed(() => date.value.slice(0, 7))
  const month = computed(() => (isMonth(route.query['bulan']) ? route.query['bulan'] : current.value))
  const isLast = computed(() => current.value !== '' && month.value >= current.value)

  function choose(next: string): void {
    if (isMonth(next)) void router.replace({ name: 'history', query: { bulan: next } })
  }

  async function load(): Promise<void> {
    const asked = month.value
    if (!asked) {
      await refreshToday()
      if (!month.value) fault.value = today.message
      return
    }
    loading.value = true
    fault.value = ''
    try {
      // The balance and the deadlines come with the days: nothing moves afterwards.
      const [answer] = await Promise.all([
        fetchHistory(asked),
        form.data ? null : form.load(),
        today.data ? null : refreshToday(),
      ])
      if (asked === month.value) data.value = answer
    } catch (error) {
      if (asked === month.value) {
        data.value = null
        fault.value = sentenceOf(error)
      }
    } finally {
      loading.value = false
    }
  }

  watch(month, load, { immediate: true })
  // Known from an earlier visit: read again, meanwhile shown as it was.
  if (form.data) void form.load()
  return {
    data,
    loading,
    fault,
    month,
    current,
    date,
    isLast,
    choose,
    load,
    step: (by: number) => choose(shiftMonth(month.value, by)),
  }
}
