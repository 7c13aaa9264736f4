/** What the request forms and the leave balance need: kinds, balance, rules. */
import { reactive } from 'vue'
import { sentenceOf } from './http'
import { fetchForm } from './permohonan'
import type { Isian } from '@/types/permohonan'

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
