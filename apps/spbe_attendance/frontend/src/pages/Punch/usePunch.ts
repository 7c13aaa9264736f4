import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue'
import { photoFault, sealPhoto, type SealedPhoto } from '@/composables/photo'
import { usePosition } from '@/composables/usePosition'
import { deviceLabel } from '@/data/device'
import { ServerError, sentenceOf } from '@/data/http'
import { pageLife } from '@/data/queue/anchor'
import { captured, type Draft } from '@/data/queue/capture'
import { sendStraight } from '@/data/queue/direct'
import { entryShown, type Shown } from '@/data/queue/list'
import { askToLast, lookAtRoom } from '@/data/queue/room'
import { isFull } from '@/data/queue/store'
import { askForSync, sendNow, sendWithReason } from '@/data/queue/wake'
import { session } from '@/data/session'
import { refreshToday, today } from '@/data/today'
import { clientId } from '@/domain/clientId'
import { deviceTime } from '@/domain/clock'
import { q } from '@/i18n/luring'
import type { Fix } from '@/domain/bestFix'
import type { Jenis, Penerimaan } from '@/types/api'

export type Step = 'camera' | 'review' | 'receipt'

/** One attempt to punch: its id is made once, so that sending again never records twice. */
export function usePunch(jenis: Jenis | 'Apel', kegiatan?: string) {
  const attempt = clientId()
  const { position, start } = usePosition()
  const step = ref<Step>('camera')
  const photo = shallowRef<SealedPhoto | null>(null)
  const preview = ref('')
  const state = reactive({ sending: false, fault: '', askReason: false, nearest: '' })
  /** Of a phone that can keep nothing. */
  const straight = shallowRef<Penerimaan | null>(null)
  const kept = shallowRef<Shown | null>(null)
  const receipt = computed(() => straight.value ?? kept.value?.payload?.receipt ?? null)
  const rules = computed(() => today.data?.aturan ?? null)
  const photoOptional = computed(() => rules.value !== null && !rules.value.foto_wajib)
  let draft: Draft | null = null

  start()
  if (!today.data) void refreshToday()

  // What is through leaves the queue after a while; the screen keeps it.
  watch(
    () => entryShown(attempt),
    (entry) => {
      if (!entry) return
      const before = kept.value?.state
      kept.value = entry
      if (entry.state === 'ditolak' && before !== 'ditolak') refused(entry)
      if (entry.state === 'terkirim' && before !== 'terkirim') void refreshToday()
      if (entry.state !== 'ditolak') state.askReason = false
    },
  )

  function refused({ payload }: Shown): void {
    if (payload?.excType !== 'DiLuarLokasi') return
    state.nearest = payload.sentence
    state.askReason = true
  }

  async function take(source: HTMLVideoElement | ImageBitmap): Promise<void> {
    state.fault = ''
    try {
      const limits = rules.value
      const kilobytes = Math.min(limits?.foto_ukuran_maks_kb || 60, 60)
      show(await sealPhoto(source, limits?.foto_sisi_maks || 640, kilobytes))
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
    state.fault = ''
    draft = null
    step.value = 'camera'
  }

  function show(next: SealedPhoto | null): void {
    if (preview.value) URL.revokeObjectURL(preview.value)
    photo.value = next
    preview.value = next ? URL.createObjectURL(next.blob) : ''
  }

  /** The moment of the capture is now, with the best position there is. */
  function draftOf(fix: Fix): Draft {
    const counter = performance.now()
    const now = new Date()
    return {
      capture: {
        id: attempt,
        pegawai: session.pegawai,
        jenis,
        kegiatan: kegiatan ?? '',
        lat: fix.lat,
        lon: fix.lon,
        accuracy: fix.accuracy,
        age: counter - fix.at,
        photo: photo.value?.sha256 ?? '',
        counter,
        wall: now.getTime(),
        life: pageLife,
      },
      photo: photo.value?.blob ?? null,
      perangkat: deviceLabel(),
      waktuPerangkat: deviceTime(now),
      offset: today.clock?.offset ?? -now.getTimezoneOffset(),
    }
  }

  async function send(): Promise<void> {
    if (!position.fix || state.sending) return
    Object.assign(state, { sending: true, fault: '' })
    draft ??= draftOf({ ...position.fix })
    try {
      const kept = await captured(draft)
      step.value = 'receipt'
      void sendNow()
      void askForSync()
      void askToLast()
      // A punch alone is small: only a picture that found its place tells of room.
      void lookAtRoom(kept === 'none' ? undefined : kept === 'lost')
    } catch (error) {
      const full = isFull(error)
      void lookAtRoom(full || undefined)
      const refused = await pastTheQueue(draft)
      // Neither kept nor sent: the same press once more, when there is room or a network.
      if (full && state.fault && !refused) state.fault = q.room.full
    } finally {
      state.sending = false
    }
  }

  /** Whether the server itself has said no. */
  async function pastTheQueue(given: Draft, alasan?: string): Promise<boolean> {
    try {
      straight.value = await sendStraight(given, alasan)
      state.askReason = false
      step.value = 'receipt'
      void refreshToday()
      return false
    } catch (error) {
      state.fault = sentenceOf(error)
      const refused = error instanceof ServerError
      if (refused && error.excType === 'DiLuarLokasi') {
        state.nearest = error.message
        state.askReason = true
      }
      return refused
    }
  }

  async function giveReason(alasan: string): Promise<void> {
    state.sending = true
    try {
      if (kept.value) await sendWithReason(attempt, alasan)
      else if (draft) await pastTheQueue(draft, alasan)
    } finally {
      state.sending = false
    }
  }

  onBeforeUnmount(() => show(null))
  return {
    position,
    step,
    photo,
    preview,
    receipt,
    kept,
    state,
    photoOptional,
    take,
    skipPhoto,
    retake,
    send,
    giveReason,
  }
}
