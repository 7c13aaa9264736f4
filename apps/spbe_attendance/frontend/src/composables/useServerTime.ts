import { useIntervalFn } from '@vueuse/core'
import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { twoDigits, wallTime, zoneName, type ServerClock } from '@/domain/clock'
import { today } from '@/data/today'

/** The server's time, ticking. */
export function useServerTime(source: MaybeRefOrGetter<ServerClock | null> = () => today.clock) {
  const counter = ref(performance.now())
  useIntervalFn(() => (counter.value = performance.now()), 1000)
  const clock = computed(() => toValue(source))
  const wall = computed(() => (clock.value ? wallTime(clock.value, counter.value) : null))
  return {
    wall,
    hoursMinutes: computed(() =>
      wall.value ? `${twoDigits(wall.value.hours)}:${twoDigits(wall.value.minutes)}` : '--:--',
    ),
    seconds: computed(() => (wall.value ? twoDigits(wall.value.seconds) : '--')),
    zone: computed(() => (clock.value ? zoneName(clock.value.offset) : '')),
    date: computed(() => wall.value?.date ?? ''),
  }
}
