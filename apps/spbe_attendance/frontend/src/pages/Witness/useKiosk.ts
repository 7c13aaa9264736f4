import { useIntervalFn, useOnline, useWakeLock } from '@vueuse/core'
import { computed, onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue'
import { useQuiet } from '@/composables/useQuiet'
import { t } from '@/i18n'
import { w } from '@/i18n/saksi'
import type { Jenis } from '@/types/api'
import { useWitnessed } from './useWitnessed'

export type KioskStep = 'start' | 'person' | 'witness' | 'photo' | 'review' | 'receipt'

export const RECEIPT_SECONDS = 6
export const QUIET_MS = 45_000
const RESYNC_MS = 600_000

const blank = { jenis: 'Masuk' as Jenis, sebab: '', nomor: '', pin: '', nomor_saksi: '', pin_saksi: '' }

/** One person after the other at an office tablet: whatever happens, the screen ends up empty at the start. */
export function useKiosk() {
  const carried = useWitnessed()
  const { photo, position, state } = carried
  const online = useOnline()
  const wake = useWakeLock()
  const step = ref<KioskStep>('start')
  const fields = reactive({ ...blank })
  const seconds = ref(0)
  const waiting = computed(() => {
    if (position.fix) return ''
    return position.fault ? t.position[position.fault] : w.kiosk.waiting
  })
  const ready = computed(() => online.value && carried.form.value !== null)

  function reset(): void {
    carried.clear()
    Object.assign(fields, blank)
    seconds.value = 0
    step.value = 'start'
    // A tablet that is always on keeps the server's time this way, and hears when it is switched off.
    void carried.load()
  }

  const quiet = useQuiet(QUIET_MS, () => {
    if (state.sending) quiet.stir()
    else if (step.value !== 'start') reset()
  })
  const countdown = useIntervalFn(
    () => {
      seconds.value -= 1
      if (seconds.value > 0) return
      countdown.pause()
      if (step.value === 'receipt') reset()
    },
    1000,
    { immediate: false },
  )
  useIntervalFn(() => step.value === 'start' && void carried.load(), RESYNC_MS)

  function begin(jenis: Jenis): void {
    fields.jenis = jenis
    step.value = 'person'
  }

  function toPhoto(): void {
    state.fault = ''
    step.value = photo.value ? 'review' : 'photo'
  }

  async function take(source: HTMLVideoElement | ImageBitmap): Promise<void> {
    if (await carried.take(source)) step.value = 'review'
  }

  function retake(): void {
    carried.retake()
    step.value = 'photo'
  }

  async function send(): Promise<void> {
    const given = { ...fields, nomor_saksi: fields.nomor_saksi.replace(/\s+/g, '') }
    // Whatever comes of it, the PINs have been used.
    fields.pin = fields.pin_saksi = ''
    const recorded = await carried.send(given)
    quiet.stir()
    if (!recorded) {
      // Both prove themselves anew; the photo waits.
      step.value = 'person'
      return
    }
    Object.assign(fields, blank)
    step.value = 'receipt'
    seconds.value = RECEIPT_SECONDS
    countdown.resume()
  }

  // Not every browser has it, and an empty battery refuses it.
  onMounted(() => void wake.request('screen').catch(() => undefined))
  onBeforeUnmount(() => void wake.release().catch(() => undefined))
  watch(online, (now) => now && state.loadFault && void carried.load())
  return { carried, step, fields, seconds, waiting, ready, online, reset, begin, toPhoto, take, retake, send }
}
