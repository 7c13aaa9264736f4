import { useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'
import { twoDigits, wallTime, zoneName } from '@/domain/clock'
import { today } from '@/data/today'

/** The server's time, ticking. */
export function useServerTime() {
  const counter = ref(performance.now())
  useIntervalFn(() => (counter.value = performance.now()), 1000)
  const wall = computed(() => (today.clock ? wallTime(today.clock, counter.value) : null))
  return {
    wall,
    hoursMinutes: computed(() =>
      wall.value ? `${twoDigits(wall.value.hours)}:${twoDigits(wall.value.minutes)}` : '--:--',
    ),
    seconds: computed(() => (wall.value ? twoDigits(wall.value.seconds) : '--')),
    zone: computed(() => (today.clock ? zoneName(today.clock.offset) : '')),
    date: computed(() => wall.value?.date ?? ''),
  }
}
