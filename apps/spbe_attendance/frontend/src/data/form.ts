/** What the request forms and the leave balance need: kinds, balance, rules. */
import { computed, reactive } from 'vue'
import { codeLabel } from '@/domain/rekap'
import { language, t } from '@/i18n'
import { sentenceOf } from './http'
import { fetchForm } from './permohonan'
import type { Isian } from '@/types/permohonan'

/** Annual leave; null for those whose status has none. */
export const annualLeave = computed(() =>
  form.data?.jenis.some((kind) => kind.mengurangi_cuti_tahunan) ? form.data.saldo : null,
)

/** The name of a kind of absence; of kinds that are not open to the person, what its code says. */
export function kindName(code: string): string {
  const named = form.data?.jenis.find(({ kode }) => kode === code)?.nama_jenis
  // The names of the kinds are data, in Indonesian; another language has its own for those it knows.
  return language() === 'id' ? (named ?? codeLabel(code)) : (t.codes.names[code] ?? named ?? code)
}

/** Never throws: what went wrong is in `message`. */
export const form = reactive({
  data: null as Isian | null,
  message: '',
  async load(): Promise<void> {
    try {
      form.data = await fetchForm()
      form.message = ''
    } catch (error) {
      form.message = sentenceOf(error)
    }
  },
})
