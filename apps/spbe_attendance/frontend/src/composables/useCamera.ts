import { onBeforeUnmount, ref, shallowRef } from 'vue'

export type CameraState = 'idle' | 'starting' | 'live' | 'denied' | 'missing'

/** The camera that looks at the person, or away from whoever holds the device; it is off whenever nobody looks at it. */
export function useCamera(facing: 'user' | 'environment' = 'user') {
  const state = ref<CameraState>('idle')
  const stream = shallowRef<MediaStream | null>(null)
  let wanted = false

  async function start(): Promise<void> {
    wanted = true
    stopTracks()
    if (!navigator.mediaDevices?.getUserMedia) {
      state.value = 'missing'
      return
    }
    state.value = 'starting'
    try {
      const opened = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 960 } },
      })
      // The page may have been left while the permission was asked for.
      if (!wanted) {
        for (const track of opened.getTracks()) track.stop()
        return
      }
      stream.value = opened
      state.value = 'live'
    } catch (error) {
      state.value = error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'missing'
    }
  }

  function stop(): void {
    wanted = false
    stopTracks()
    state.value = 'idle'
  }

  function stopTracks(): void {
    for (const track of stream.value?.getTracks() ?? []) track.stop()
    stream.value = null
  }

  onBeforeUnmount(stop)
  return { state, stream, start, stop }
}
