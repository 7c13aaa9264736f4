import { computed, onBeforeUnmount, reactive, ref, shallowRef } from 'vue'
import { InsecurePage, PhotoTooLarge, sealPhoto, type SealedPhoto } from '@/composables/photo'
import { usePosition } from '@/composables/usePosition'
import { deviceLabel } from '@/data/device'
import { NetworkError, ServerError, sentenceOf } from '@/data/http'
import { sendPunch } from '@/data/absensi'
import { startUpload } from '@/data/photoUpload'
import { refreshToday, today } from '@/data/today'
import { deviceTime } from '@/domain/clock'
import { t } from '@/i18n'
import type { Jenis, Penerimaan } from '@/types/api'

export type Step = 'camera' | 'review' | 'receipt'

/** One attempt to punch: its id is made once, so that sending again never records twice. */
export function usePunch(jenis: Jenis | 'Apel', kegiatan?: string) {
  const attempt = crypto.randomUUID?.() ?? ''
  const { position, start } = usePosition()
  const step = ref<Step>('camera')
  const photo = shallowRef<SealedPhoto | null>(null)
  const preview = ref('')
  const receipt = ref<Penerimaan | null>(null)
  const state = reactive({ sending: false, fault: '', unsent: false, askReason: false, nearest: '' })
  const rules = computed(() => today.data?.aturan ?? null)
  const photoOptional = computed(() => rules.value !== null && !rules.value.foto_wajib)

  start()
  if (!today.data) void refreshToday()

  async function take(source: HTMLVideoElement | ImageBitmap): Promise<void> {
    state.fault = ''
    try {
      const limits = rules.value
      show(
        await sealPhoto(
          source,
          limits?.foto_sisi_maks || 640,
          Math.min(limits?.foto_ukuran_maks_kb || 60, 60),
        ),
      )
      step.value = 'review'
    } catch (error) {
      state.fault = photoFault(error)
    }
  }

  function skipPhoto(): void {
    show(null)
    step.value = 'review'
  }

  function retake(): void {
    show(null)
    Object.assign(state, { fault: '', unsent: false })
    step.value = 'camera'
  }

  function show(next: SealedPhoto | null): void {
    if (preview.value) URL.revokeObjectURL(preview.value)
    photo.value = next
    preview.value = next ? URL.createObjectURL(next.blob) : ''
  }

  async function send(alasan?: string): Promise<void> {
    const fix = position.fix
    if (!fix || state.sending) return
    Object.assign(state, { sending: true, fault: '', unsent: false })
    try {
      receipt.value = await sendPunch({
        jenis,
        ...(kegiatan && { kegiatan }),
        latitude: fix.lat,
        longitude: fix.lon,
        akurasi: fix.accuracy,
        id_klien: attempt,
        perangkat: deviceLabel(),
        waktu_perangkat: deviceTime(new Date()),
        ...(photo.value && { foto_sha256: photo.value.sha256 }),
        ...(alasan && { alasan }),
      })
      state.askReason = false
      step.value = 'receipt'
      if (photo.value) startUpload(attempt, photo.value.blob)
      void refreshToday()
    } catch (error) {
      refused(error)
    } finally {
      state.sending = false
    }
  }

  function refused(error: unknown): void {
    state.unsent = error instanceof NetworkError || (error instanceof ServerError && error.status >= 500)
    state.fault = sentenceOf(error)
    if (error instanceof ServerError && error.excType === 'DiLuarLokasi') {
      state.nearest = error.message
      state.askReason = true
    }
  }

  onBeforeUnmount(() => show(null))
  return {
    attempt,
    position,
    step,
    photo,
    preview,
    receipt,
    state,
    photoOptional,
    take,
    skipPhoto,
    retake,
    send,
  }
}

export function photoFault(error: unknown): string {
  if (error instanceof InsecurePage) return t.punch.insecure
  return error instanceof PhotoTooLarge ? t.punch.photoTooLarge : t.punch.photoBroken
}
