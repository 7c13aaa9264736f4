import { useOnline } from '@vueuse/core'
import { computed, onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue'
import { photoFault, sealPhoto, type SealedPhoto } from '@/composables/photo'
import { sentenceOf, ServerError } from '@/data/http'
import { correctRegistration, fetchForm, fileRegistration } from '@/data/registrasi'
import { emptyFields, faultsOf, packDraft, readDraft, STEP_FIELDS, type Field } from '@/domain/registration'
import { idKeeper } from '@/domain/witness'
import type { IsianDaftar, TandaTerima } from '@/types/registrasi'
import { returned, shownReceipt, takeReturned } from './handedOver'

export const STEPS = ['consent', 'person', 'work', 'photo', 'review'] as const
export type Step = (typeof STEPS)[number]
/** This tab only, gone when it is closed: the phone may be somebody else's. */
const DRAFT = 'absen.daftar'

export function useRegister() {
  const online = useOnline()
  const form = shallowRef<IsianDaftar | null>(null)
  const step = ref<Step>('consent')
  const fields = reactive(emptyFields())
  const photo = shallowRef<SealedPhoto | null>(null)
  const preview = ref('')
  const state = reactive({
    loadFault: '',
    fault: '',
    sending: false,
    agreed: false,
    tried: false,
    restored: false,
  })
  /** A returned registration that is corrected here; null for a new one. */
  const correcting = returned.value
  const oldPhoto = ref(false)
  const receipt = shallowRef<TandaTerima | null>(shownReceipt())
  const corrected = ref(false)
  const idOf = idKeeper()
  const today = new Date().toISOString().slice(0, 10)
  const faults = computed(() => faultsOf(fields, today, correcting !== null))

  if (correcting) Object.assign(fields, { ...correcting.isian, nik: '' })
  else restore()

  function restore(): void {
    const draft = readDraft(sessionStorage.getItem(DRAFT), Date.now())
    if (!draft || Object.values(draft).every((value) => value === '')) return
    Object.assign(fields, draft)
    state.restored = true
  }

  watch(fields, () => {
    if (!correcting) sessionStorage.setItem(DRAFT, packDraft(fields, Date.now()))
  })

  function forget(): void {
    Object.assign(fields, emptyFields())
    sessionStorage.removeItem(DRAFT)
    show(null)
    Object.assign(state, { restored: false, tried: false, agreed: false, fault: '' })
    step.value = 'consent'
  }

  async function load(): Promise<void> {
    try {
      form.value = await fetchForm()
      state.loadFault = ''
    } catch (error) {
      state.loadFault = sentenceOf(error)
    }
  }

  function isReady(which: Step): boolean {
    if (which === 'consent') return state.agreed
    if (which === 'photo') return photo.value !== null || oldPhoto.value
    if (which === 'review') return true
    return STEP_FIELDS[which].every((field: Field) => !faults.value[field])
  }

  /** False when the step has faults, which are shown now. */
  function next(): boolean {
    state.tried = !isReady(step.value)
    if (state.tried) return false
    step.value = STEPS[STEPS.indexOf(step.value) + 1] ?? 'review'
    return true
  }

  /** False on the first step: the page is left. */
  function back(): boolean {
    const at = STEPS.indexOf(step.value)
    state.tried = false
    state.fault = ''
    if (at > 0) step.value = STEPS[at - 1] ?? 'consent'
    return at > 0
  }

  async function take(source: HTMLVideoElement | ImageBitmap): Promise<void> {
    const rules = form.value?.aturan
    state.fault = ''
    try {
      show(
        await sealPhoto(source, rules?.foto_sisi_maks || 640, Math.min(rules?.foto_ukuran_maks_kb || 60, 60)),
      )
      oldPhoto.value = false
    } catch (error) {
      state.fault = photoFault(error)
    }
  }

  function show(next: SealedPhoto | null): void {
    if (preview.value) URL.revokeObjectURL(preview.value)
    photo.value = next
    preview.value = next ? URL.createObjectURL(next.blob) : ''
  }

  async function send(): Promise<void> {
    const text = form.value?.naskah
    if (!text || state.sending) return
    // The NIK and the phone number are asked for again after a reload.
    const unready = STEPS.find((each) => !isReady(each))
    if (unready) {
      Object.assign(state, { tried: true })
      step.value = unready
      return
    }
    Object.assign(state, { sending: true, fault: '' })
    const id = idOf(JSON.stringify(fields), photo.value?.sha256 ?? '', text.name)
    const beside = { id, naskah: text.name, photo: photo.value?.blob ?? null }
    try {
      if (correcting) {
        await correctRegistration(correcting.receipt, { ...fields }, beside)
        corrected.value = true
        takeReturned()
      } else {
        receipt.value = shownReceipt(await fileRegistration({ ...fields }, beside))
      }
      sessionStorage.removeItem(DRAFT)
    } catch (error) {
      state.fault = sentenceOf(error)
      if (error instanceof ServerError && error.excType === 'NaskahBerubah') {
        state.agreed = false
        step.value = 'consent'
        await load()
      }
    } finally {
      state.sending = false
    }
  }

  watch(online, (now) => now && state.loadFault && void load())
  void load()
  onBeforeUnmount(() => show(null))

  return {
    form, step, fields, faults, photo, preview, state, receipt, corrected, correcting, oldPhoto, online,
    load, next, back, take, retake: () => show(null), send, forget,
  } // prettier-ignore
}
