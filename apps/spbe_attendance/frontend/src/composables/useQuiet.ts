import { useEventListener } from '@vueuse/core'
import { onBeforeUnmount } from 'vue'

/** Calls `act` when nobody has touched screen or keyboard for that long. `stir` counts as a touch. */
export function useQuiet(milliseconds: number, act: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  function stir(): void {
    clearTimeout(timer)
    timer = setTimeout(act, milliseconds)
  }
  useEventListener(window, ['pointerdown', 'keydown', 'input'], stir, { passive: true, capture: true })
  onBeforeUnmount(() => clearTimeout(timer))
  stir()
  return { stir }
}
