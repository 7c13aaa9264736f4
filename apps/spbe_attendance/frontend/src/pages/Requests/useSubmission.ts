import { reactive, ref } from 'vue'
import { NetworkError, sentenceOf } from '@/data/http'
import { submit, type Pengajuan } from '@/data/permohonan'
import { clientId } from '@/domain/clientId'
import type { JawabanPermohonan } from '@/types/permohonan'

/** One request: its id is made once, so that sending again never files it twice. */
export function useSubmission(kind: Pengajuan) {
  const idKlien = clientId()
  const state = reactive({ sending: false, fault: '', unsent: false })
  const answer = ref<JawabanPermohonan | null>(null)

  async function send(fields: Record<string, string>, letter: File | null): Promise<void> {
    if (state.sending) return
    Object.assign(state, { sending: true, fault: '', unsent: false })
    try {
      answer.value = await submit(kind, idKlien, fields, letter)
    } catch (error) {
      state.fault = sentenceOf(error)
      state.unsent = error instanceof NetworkError
    } finally {
      state.sending = false
    }
  }

  return { state, answer, send }
}
