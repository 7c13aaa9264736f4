import { computed, reactive, readonly } from 'vue'
import { betterFix, type Fix } from '@/domain/bestFix'

export type PositionFault = 'denied' | 'unavailable' | 'unsupported' | 'insecure'

const state = reactive({ fix: null as Fix | null, fault: null as PositionFault | null })
let watching: number | null = null

/** One watch for the whole app, from the first screen that needs it until the log-out. */
export function usePosition() {
  return {
    position: readonly(state),
    searching: computed(() => !state.fix && !state.fault),
    start,
    restart,
    stop,
  }
}

function start(): void {
  if (watching !== null) return
  if (!window.isSecureContext) {
    state.fault = 'insecure'
    return
  }
  if (!('geolocation' in navigator)) {
    state.fault = 'unsupported'
    return
  }
  watching = navigator.geolocation.watchPosition(take, refuse, {
    enableHighAccuracy: true,
    maximumAge: 5000,
    timeout: 30_000,
  })
}

function restart(): void {
  stop()
  state.fault = null
  start()
}

function stop(): void {
  if (watching !== null) navigator.geolocation.clearWatch(watching)
  watching = null
}

function take({ coords }: GeolocationPosition): void {
  state.fault = null
  state.fix = betterFix(state.fix, {
    lat: coords.latitude,
    lon: coords.longitude,
    accuracy: coords.accuracy,
    at: performance.now(),
  })
}

function refuse(error: GeolocationPositionError): void {
  if (error.code === error.PERMISSION_DENIED) {
    state.fix = null
    state.fault = 'denied'
    stop()
  } else if (!state.fix) {
    state.fault = 'unavailable'
  }
}
