import { useEventListener, useFullscreen, useIdle, useIntervalFn, useWakeLock } from '@vueuse/core'
import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { after, drift, STAY_MS, type Scene } from '@/domain/command/rotation'

/** Milliseconds without a mouse until pointer and buttons are hidden. */
const QUIET_MS = 4000
/** 80 × 45 of these are a 16:9 screen: what is legible at 720p is as large on a 4K wall. */
const UNIT = 'max(12px, min(1.25vw, 2.2222vh))'

/** A screen that nobody touches: it turns, stays awake and burns nothing in. Keys and a mouse still work. */
export function useWall(scenes: Ref<Scene[]>, leave: () => void) {
  const scene = ref<Scene>('kabupaten')
  const playing = ref(true)
  const shift = ref(drift(0))
  const began = performance.now()
  const { idle } = useIdle(QUIET_MS, { events: ['mousemove', 'mousedown', 'keydown', 'touchstart'] })
  const full = useFullscreen()
  const lock = useWakeLock()

  const turn = useIntervalFn(() => (scene.value = after(scene.value, scenes.value)), STAY_MS)
  useIntervalFn(() => (shift.value = drift(performance.now() - began)), 10_000)
  watch(scenes, (all) => {
    if (!all.includes(scene.value)) scene.value = all[0]!
  })

  function move(steps: number) {
    scene.value = after(scene.value, scenes.value, steps)
    // What was chosen stays its full time.
    if (playing.value) turn.resume()
  }
  function toggle() {
    playing.value = !playing.value
    if (playing.value) turn.resume()
    else turn.pause()
  }
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, a')
    if (event.key === ' ' && !onButton) toggle()
    else if (event.key === 'ArrowRight') move(1)
    else if (event.key === 'ArrowLeft') move(-1)
    // In full screen the browser takes Escape for itself first.
    else if (event.key === 'Escape' && !full.isFullscreen.value) leave()
    else return
    event.preventDefault()
  })
  onMounted(() => {
    document.documentElement.style.fontSize = UNIT
    document.documentElement.classList.add('wall')
    // Not every browser has one, and none gives it to a page that is not seen.
    if (lock.isSupported.value) void lock.request('screen').catch(() => undefined)
  })
  onBeforeUnmount(() => {
    document.documentElement.style.fontSize = ''
    document.documentElement.classList.remove('wall')
    void lock.release().catch(() => undefined)
  })
  return {
    scene,
    playing,
    idle,
    move,
    toggle,
    full,
    show: (next: Scene) => move(scenes.value.indexOf(next) - scenes.value.indexOf(scene.value)),
    style: computed(() => ({ transform: `translate(${shift.value.x * 100}vh, ${shift.value.y * 100}vh)` })),
  }
}
