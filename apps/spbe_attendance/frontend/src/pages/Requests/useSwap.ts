import { computed, reactive, ref, watch } from 'vue'
import { form as shared } from '@/data/form'
import { sentenceOf } from '@/data/http'
import { fetchSwapForm } from '@/data/permohonan'
import { dayLabel } from '@/domain/calendar'
import { givable, swapFaults, takable, type Duty, type SwapForm } from '@/domain/swap'
import { p } from '@/i18n/permohonan'
import type { IsianTukar } from '@/types/permohonan'
import { useSubmission } from './useSubmission'

export function useSwap() {
  const { state, answer, send } = useSubmission('tukar_dinas')
  const form = reactive<SwapForm>({ tanggal: '', rekan: '', tanggal_rekan: '', alasan: '' })
  const filling = ref<IsianTukar | null>(null)
  /** Of the chosen colleague; null while nobody is chosen or the dates are on their way. */
  const his = ref<Duty[] | null>(null)
  const fault = ref('')
  const tried = ref(false)
  void shared.load()

  async function load(): Promise<void> {
    fault.value = ''
    his.value = null
    const asked = form.rekan
    try {
      const found = await fetchSwapForm(asked)
      if (asked !== form.rekan) return
      filling.value = found
      his.value = asked ? found.dinas_rekan : null
    } catch (error) {
      if (asked === form.rekan) fault.value = sentenceOf(error)
    }
  }

  const mine = computed(() => filling.value?.dinas ?? [])
  const faults = computed(() => (tried.value ? swapFaults(form, mine.value, his.value) : {}))
  const choices = computed(() => ({
    mine: asChoices(givable(mine.value, his.value)),
    colleagues: (filling.value?.rekan ?? []).map(({ name, nama, jabatan }) => ({
      value: name,
      label: jabatan ? `${nama}, ${jabatan}` : nama,
    })),
    his: asChoices(his.value ? takable(mine.value, his.value) : []),
  }))

  watch(
    () => form.rekan,
    () => {
      form.tanggal_rekan = ''
      void load()
    },
    { immediate: true },
  )
  // What was chosen before the colleague stays only where both have a roster.
  watch(his, (known) => {
    if (!known) return
    if (!givable(mine.value, known).some(({ tanggal }) => tanggal === form.tanggal)) form.tanggal = ''
  })

  async function submit(): Promise<void> {
    tried.value = true
    if (Object.keys(faults.value).length === 0) await send({ ...form }, null)
  }

  return { state, answer, form, filling, his, fault, faults, choices, mine, load, submit }
}

function asChoices(duties: Duty[]): Array<{ value: string; label: string }> {
  return duties.map(({ tanggal, shift, jam }) => ({
    value: tanggal,
    label: `${dayLabel(tanggal)}: ${[shift ?? p.swap.off, jam].filter(Boolean).join(', ')}`,
  }))
}
