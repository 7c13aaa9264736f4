import { computed, onBeforeUnmount, reactive, ref } from 'vue'
import { average, GIVE_UP_SECONDS, MEASURE_SECONDS, type Sample, type Station } from '@/domain/survey'

export type MeasuringFault = 'denied' | 'unavailable' | 'unsupported' | 'wide'

/** Standing at one station: fixes come in, until half a minute is over and they agree. */
export function useMeasuring(done: (samples: Sample[], station: Station) => void) {
  const state = reactive({ running: false, seconds: 0, samples: [] as Sample[] })
  const fault = ref<MeasuringFault | null>(null)
  let watch: number | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let began = 0

  const last = computed(() => state.samples[state.samples.length - 1] ?? null)
  /** So far; null while the fixes give none. */
  const station = computed(() => {
    const found = average(state.samples)
    return typeof found === 'string' ? null : found
  })
  const share = computed(() => Math.min(1, state.seconds / MEASURE_SECONDS))

  function start(): void {
    stop()
    fault.value = null
    if (!('geolocation' in navigator) || !window.isSecureContext) {
      fault.value = 'unsupported'
      return
    }
    Object.assign(state, { running: true, seconds: 0, samples: [] })
    began = performance.now()
    watch = navigator.geolocation.watchPosition(take, refuse, {
      enableHighAccuracy: true,
      maximumAge: 0,
      timeout: GIVE_UP_SECONDS * 1000,
    })
    timer = setInterval(tick, 250)
  }

  function stop(): void {
    if (watch !== null) navigator.geolocation.clearWatch(watch)
    watch = null
    clearInterval(timer)
    state.running = false
  }

  function take({ coords }: GeolocationPosition): void {
    state.samples.push({
      lat: coords.latitude,
      lon: coords.longitude,
      akurasi: coords.accuracy,
      t: Math.round(performance.now() - began) / 1000,
    })
  }

  function refuse(error: GeolocationPositionError): void {
    if (error.code !== error.PERMISSION_DENIED && state.samples.length > 0) return
    fault.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'
    stop()
  }

  function tick(): void {
    state.seconds = (performance.now() - began) / 1000
    if (state.seconds < MEASURE_SECONDS) return
    const found = average(state.samples)
    if (typeof found !== 'string') {
      stop()
      done([...state.samples], found)
    } else if (state.seconds >= GIVE_UP_SECONDS) {
      fault.value = found === 'wide' ? 'wide' : 'unavailable'
      stop()
    }
  }

  onBeforeUnmount(stop)
  return { state, fault, last, station, share, start, stop }
}
