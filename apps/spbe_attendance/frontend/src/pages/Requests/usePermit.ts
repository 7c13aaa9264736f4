import { computed, reactive, ref, watch } from 'vue'
import { form as shared, kindName } from '@/data/form'
import { mayBeHalf, permitFaults, type PermitForm } from '@/domain/permohonan'
import { p } from '@/i18n/permohonan'
import { useSubmission } from './useSubmission'

export function usePermit() {
  const { state, answer, send } = useSubmission('ketidakhadiran')
  const letter = ref<File | null>(null)
  const tried = ref(false)
  const form = reactive<PermitForm>({
    jenis: '',
    dari: '',
    sampai: '',
    setengah_hari: '',
    alasan: '',
    tempat: '',
    nomor_surat: '',
    hari_tambahan: '',
  })
  void shared.load()

  const kind = computed(() => shared.data?.jenis.find(({ kode }) => kode === form.jenis) ?? null)
  const half = computed(() => mayBeHalf(form, kind.value))
  const faults = computed(() => (tried.value ? permitFaults(form, kind.value, letter.value !== null) : {}))
  const groups = computed(() => {
    const found = new Map<string, Array<{ value: string; label: string }>>()
    for (const { kelompok, kode } of shared.data?.jenis ?? [])
      found.set(kelompok, [...(found.get(kelompok) ?? []), { value: kode, label: kindName(kode) }])
    return [...found]
  })
  const letterRule = computed(() => {
    if (kind.value?.perlu_lampiran === 'Selalu') return p.file.always
    if (kind.value?.perlu_lampiran !== 'Di atas N hari') return ''
    return p.file.above(kind.value.batas_hari_tanpa_lampiran)
  })

  // Most permits are for one day.
  watch(
    () => form.dari,
    (first) => {
      if (!form.sampai || form.sampai < first) form.sampai = first
    },
  )

  async function submit(): Promise<void> {
    tried.value = true
    if (Object.keys(faults.value).length > 0) return
    const half_day = half.value ? form.setengah_hari : ''
    // What belongs to another kind stays on the page and is not sent.
    const extra = kind.value?.mengurangi_cuti_tahunan ? form.hari_tambahan : ''
    await send({ ...form, setengah_hari: half_day, hari_tambahan: extra }, letter.value)
  }

  return { state, answer, form, letter, kind, half, faults, groups, letterRule, submit }
}
