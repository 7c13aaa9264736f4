import { useOnline } from '@vueuse/core'
import { computed, reactive, ref, watch } from 'vue'
import { isSentence } from '@/domain/permohonan'
import { compactNumber, isPin } from '@/domain/witness'
import { t } from '@/i18n'
import { w } from '@/i18n/saksi'
import type { Jenis } from '@/types/api'
import { useWitnessed } from './useWitnessed'

export type WitnessStep = 'form' | 'camera' | 'review' | 'receipt'

const blank = { nomor: '', jenis: 'Masuk' as Jenis, sebab: '', pin: '', alasan: '' }

/** A colleague's punch on this person's phone: form, live photo, PIN, receipt. */
export function useWitness() {
  const carried = useWitnessed()
  const { position, photo, state } = carried
  const online = useOnline()
  const step = ref<WitnessStep>('form')
  const fields = reactive({ ...blank })
  const tried = ref(false)
  /** The server has said that the place is no place of the person: a reason may help. */
  const outside = ref(false)
  const faults = computed(() => ({
    number: compactNumber(fields.nomor) ? '' : w.need.number,
    cause: fields.sebab ? '' : w.need.cause,
    pin: isPin(fields.pin) ? '' : w.need.pin,
    reason: !outside.value || isSentence(fields.alasan) ? '' : w.need.reason,
  }))
  const waiting = computed(() => {
    if (position.fix) return ''
    return position.fault ? t.position[position.fault] : t.punch.waiting
  })

  /** Answers whether the form is complete. */
  function toCamera(): boolean {
    tried.value = true
    if (faults.value.number || faults.value.cause) return false
    tried.value = false
    step.value = photo.value ? 'review' : 'camera'
    return true
  }

  async function take(source: HTMLVideoElement | ImageBitmap): Promise<void> {
    if (await carried.take(source)) step.value = 'review'
  }

  function retake(): void {
    carried.retake()
    state.fault = ''
    step.value = 'camera'
  }

  /** Answers false when something is to be put right first. */
  async function send(): Promise<boolean> {
    tried.value = true
    if (faults.value.pin || faults.value.reason) return false
    const { alasan, ...given } = fields
    // Whatever comes of it, the PIN has been used.
    fields.pin = ''
    tried.value = false
    const recorded = await carried.send({ ...given, ...(outside.value && { alasan }) })
    if (recorded) step.value = 'receipt'
    else if (state.excType === 'DiLuarLokasi') outside.value = true
    return recorded
  }

  function again(): void {
    carried.clear()
    Object.assign(fields, blank)
    tried.value = outside.value = false
    step.value = 'form'
    void carried.load()
  }

  watch(online, (now) => now && state.loadFault && void carried.load())
  // The reason belongs to that person at that place.
  watch(
    () => fields.nomor,
    () => (outside.value = false),
  )
  return {
    carried,
    online,
    step,
    fields,
    tried,
    faults,
    waiting,
    outside,
    toCamera,
    take,
    retake,
    send,
    again,
  }
}
