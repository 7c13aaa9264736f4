import { ref } from 'vue'

const waiting = ref<ServiceWorker | null>(null)
let asked = false

/** Registers the service worker and tells when a newer version waits. */
export function useAppUpdate() {
  return { waiting, register, apply }
}

async function register(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // Also fires on the very first visit: only a wanted change reloads.
    if (asked) window.location.reload()
  })
  try {
    const registration = await navigator.serviceWorker.register('/absen/sw.js', { scope: '/absen' })
    if (registration.waiting && navigator.serviceWorker.controller) waiting.value = registration.waiting
    registration.addEventListener('updatefound', () => {
      const fresh = registration.installing
      fresh?.addEventListener('statechange', () => {
        if (fresh.state === 'installed' && navigator.serviceWorker.controller) waiting.value = fresh
      })
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') registration.update().catch(() => undefined)
    })
  } catch (error) {
    // The app works without it, only not offline.
    console.warn('Service worker not registered:', error)
  }
}

function apply(): void {
  asked = true
  waiting.value?.postMessage({ type: 'SKIP_WAITING' })
}
