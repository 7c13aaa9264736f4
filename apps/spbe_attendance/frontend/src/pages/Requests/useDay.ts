import { computed, ref, watch, type Ref } from 'vue'
import { fetchDay } from '@/data/day'
import { refreshToday, today } from '@/data/today'
import type { HariRiwayat } from '@/types/api'

/** The day a form is about. Without it the form still works: the server knows the day. */
export function useDay(date: Ref<string>) {
  const day = ref<HariRiwayat | null>(null)
  const loading = ref(false)
  if (!today.data) void refreshToday()

  async function load(asked: string): Promise<void> {
    day.value = null
    if (!/^20\d\d-\d\d-\d\d$/.test(asked)) return
    loading.value = true
    const found = await fetchDay(asked).catch(() => null)
    if (asked !== date.value) return
    day.value = found
    loading.value = false
  }

  watch(date, load, { immediate: true })
  /** The server's date: the device's calendar may be wrong. */
  return { day, loading, last: computed(() => today.data?.jadwal.tanggal ?? '') }
}
