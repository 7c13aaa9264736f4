import { useIntervalFn } from '@vueuse/core'
import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { twoDigits, wallTime, zoneName, type ServerClock } from '@/domain/clock'

/** The server's time, ticking; `stamp` writes a reading of the counter the same way. */
export function useClock(source: MaybeRefOrGetter<ServerClock | null>) {
  const counter = ref(performance.now())
  useIntervalFn(() => (counter.value = performance.now()), 1000)

  function write(reading: number): string {
    const clock = toValue(source)
    if (!clock) return '--:--:--'
    const { hours, minutes, seconds } = wallTime(clock, reading)
    return [hours, minutes, seconds].map(twoDigits).join(':')
  }
  return {
    now: computed(() => write(counter.value)),
    date: computed(() => {
      const clock = toValue(source)
      return clock ? wallTime(clock, counter.value).date : ''
    }),
    zone: computed(() => zoneName(toValue(source)?.offset ?? NaN)),
    stamp: write,
  }
}
