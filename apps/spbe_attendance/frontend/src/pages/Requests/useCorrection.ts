import { computed, reactive, ref, toRef, watch } from 'vue'
import { form as shared } from '@/data/form'
import { clockOf } from '@/domain/clock'
import { correctionFaults, correctionMoment, needsWitness, type CorrectionForm } from '@/domain/permohonan'
import { useDay } from './useDay'
import { useSubmission } from './useSubmission'

export function useCorrection(tanggal: string) {
  const { state, answer, send } = useSubmission('koreksi')
  const letter = ref<File | null>(null)
  const tried = ref(false)
  const form = reactive({
    tanggal,
    jenis: '',
    sebab: '',
    jam: '',
    alasan: '',
    saksi: '',
    absensi_asal: '',
    nextDay: false,
  }) as CorrectionForm & { tanggal: string; nextDay: boolean }
  const { day, loading, last } = useDay(toRef(form, 'tanggal'))
  void shared.load()

  const punches = computed(() => day.value?.absensi.filter(({ jenis }) => jenis !== 'Apel') ?? [])
  const witnessNeeded = computed(() => needsWitness(form.sebab, letter.value !== null))
  const faults = computed(() => {
    if (!tried.value) return {}
    const found = correctionFaults(form, letter.value !== null)
    return form.tanggal ? found : { ...found, tanggal: 'date' as const }
  })

  watch(
    () => form.tanggal,
    () => (form.absensi_asal = ''),
  )
  // The punch says when it was; only its kind was wrong.
  watch(
    () => form.absensi_asal,
    (name) => {
      const punch = punches.value.find((row) => row.name === name)
      if (!punch) return
      form.jenis = punch.jenis === 'Masuk' ? 'Pulang' : 'Masuk'
      form.jam = clockOf(punch.waktu)
      form.nextDay = punch.waktu.slice(0, 10) > form.tanggal
    },
  )

  async function submit(): Promise<void> {
    tried.value = true
    if (Object.keys(faults.value).length > 0) return
    const { jam, nextDay, absensi_asal, saksi, ...rest } = form
    const late = nextDay && form.jenis === 'Pulang'
    const fields = { ...rest, saksi, waktu: correctionMoment(form.tanggal, jam, late) }
    await send(form.sebab === 'Salah Jenis' ? { ...fields, absensi_asal } : fields, letter.value)
  }

  return { state, answer, form, letter, loading, last, punches, witnessNeeded, faults, submit }
}
