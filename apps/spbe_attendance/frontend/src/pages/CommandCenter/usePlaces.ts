import { ref, shallowRef, watch } from 'vue'
import { fetchPlaces } from '@/data/command/details'
import type { Wanted } from '@/data/command/summary'
import { sentenceOf } from '@/data/http'
import type { Place } from '@/types/pemantauan'

/** Milliseconds between two looks at the places while numbers change. */
const CALM_MS = 12_000

/** The places of the scope; they follow the numbers, but not each of them. */
export function usePlaces(wanted: () => Wanted, version: () => number) {
  const places = shallowRef<Place[]>([])
  const fault = ref('')
  const loaded = ref(false)
  let asked = 0
  let answered = 0
  let later: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    clearTimeout(later)
    later = undefined
    const mine = ++asked
    try {
      const found = await fetchPlaces(wanted())
      if (mine !== asked) return
      places.value = found
      fault.value = ''
    } catch (error) {
      // What is known stays on the map; the head of the page says that the connection is cut.
      if (mine === asked && !loaded.value) fault.value = sentenceOf(error)
    }
    if (mine !== asked) return
    loaded.value = true
    answered = performance.now()
  }

  watch(
    () => JSON.stringify(wanted()),
    () => {
      loaded.value = false
      void load()
    },
    { immediate: true },
  )
  watch(version, () => {
    later ??= setTimeout(load, Math.max(0, CALM_MS - (performance.now() - answered)))
  })
  return { places, fault, loaded, load }
}
