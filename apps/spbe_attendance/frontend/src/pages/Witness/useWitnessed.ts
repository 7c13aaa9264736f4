import { onBeforeUnmount, reactive, ref, shallowRef } from 'vue'
import { photoFault, sealPhoto, type SealedPhoto } from '@/composables/photo'
import { usePosition } from '@/composables/usePosition'
import { deviceLabel } from '@/data/device'
import { NetworkError, ServerError, sentenceOf } from '@/data/http'
import { fetchWitnessForm, sendWitnessed, sendWitnessedPhoto } from '@/data/saksi'
import { deviceTime, readClock, type ServerClock } from '@/domain/clock'
import { compactNumber, idKeeper } from '@/domain/witness'
import type { Isian, IsianSaksi, PenerimaanSaksi } from '@/types/saksi'

export type PhotoOnItsWay = 'none' | 'waiting' | 'sent' | 'failed'

/** A punch that this device carries for somebody else: rules, live photo, position, sending, and the photo after it. */
export function useWitnessed() {
  const { position, start, restart } = usePosition()
  const form = shallowRef<IsianSaksi | null>(null)
  const clock = shallowRef<ServerClock | null>(null)
  const photo = shallowRef<SealedPhoto | null>(null)
  const preview = ref('')
  const receipt = shallowRef<PenerimaanSaksi | null>(null)
  const onItsWay = ref<PhotoOnItsWay>('none')
  const state = reactive({ loadFault: '', sending: false, fault: '', excType: '', unsent: false })
  let idOf = idKeeper()
  let last: { id: string; blob: Blob } | null = null

  /** Never throws: what went wrong is in `state`. */
  async function load(): Promise<void> {
    const before = performance.now()
    try {
      form.value = await fetchWitnessForm()
      clock.value = readClock(form.value.waktu_server, (before + performance.now()) / 2)
      state.loadFault = ''
    } catch (error) {
      state.loadFault = sentenceOf(error)
    }
  }

  /** Answers whether there is a photo now. */
  async function take(source: HTMLVideoElement | ImageBitmap): Promise<boolean> {
    state.fault = ''
    try {
      const rules = form.value?.aturan
      const kilobytes = Math.min(rules?.foto_ukuran_maks_kb || 60, 60)
      show(await sealPhoto(source, rules?.foto_sisi_maks || 640, kilobytes))
      return true
    } catch (error) {
      state.fault = photoFault(error)
      return false
    }
  }

  function show(next: SealedPhoto | null): void {
    if (preview.value) URL.revokeObjectURL(preview.value)
    photo.value = next
    preview.value = next ? URL.createObjectURL(next.blob) : ''
  }

  /** Answers whether it is recorded. Photo and position stay, whatever the answer. */
  async function send(given: Isian): Promise<boolean> {
    const { fix } = position
    const taken = photo.value
    if (!fix || !taken || state.sending) return false
    Object.assign(state, { sending: true, fault: '', excType: '', unsent: false })
    const nomor = compactNumber(given.nomor)
    const id = idOf(nomor, given.jenis, taken.sha256)
    try {
      receipt.value = await sendWitnessed({
        ...given,
        nomor,
        latitude: fix.lat,
        longitude: fix.lon,
        akurasi: fix.accuracy,
        id_klien: id,
        foto_sha256: taken.sha256,
        perangkat: deviceLabel(),
        waktu_perangkat: deviceTime(new Date()),
      })
      last = { id, blob: taken.blob }
      void sendPicture()
      return true
    } catch (error) {
      state.fault = sentenceOf(error)
      state.excType = error instanceof ServerError ? error.excType : ''
      state.unsent = error instanceof NetworkError
      return false
    } finally {
      state.sending = false
    }
  }

  /** Goes on when the next person is served already; then nobody is told. */
  async function sendPicture(): Promise<void> {
    const mine = last
    if (!mine) return
    onItsWay.value = 'waiting'
    const outcome = await sendWitnessedPhoto(mine.id, mine.blob).then(
      () => 'sent' as const,
      () => 'failed' as const,
    )
    if (last === mine) onItsWay.value = outcome
  }

  /** Nothing of the persons stays here. */
  function clear(): void {
    show(null)
    receipt.value = null
    last = null
    onItsWay.value = 'none'
    idOf = idKeeper()
    Object.assign(state, { fault: '', excType: '', unsent: false })
  }

  start()
  void load()
  onBeforeUnmount(() => show(null))
  return {
    position,
    restart,
    form,
    clock,
    photo,
    preview,
    receipt,
    onItsWay,
    state,
    load,
    take,
    retake: () => show(null),
    send,
    sendPicture,
    clear,
  }
}
