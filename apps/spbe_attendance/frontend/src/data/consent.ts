/** The person's agreement to the consent text: asked for by the session, kept on the phone until the server has it. */
import { computed, reactive } from 'vue'
import type { PersetujuanSaya } from '@/types/registrasi'
import { NetworkError } from './http'
import { fetchConsent, sendConsent } from './registrasi'
import { consentGiven, session } from './session'

/** Removed at log-out like everything of the person; who logs in again is asked again. */
const KEY = 'absen.setuju'

const state = reactive({ waiting: readKept() })

/** Name of the text that waits for this person's agreement; empty when there is nothing to ask. */
export const asked = computed(() => {
  const text = session.naskah
  return text && state.waiting !== `${session.pegawai} ${text}` ? text : ''
})

/** Whether an agreement of this person has not reached the server yet. */
export const agreementWaits = computed(() => state.waiting.startsWith(`${session.pegawai} `))

export { fetchConsent }

/** Null while there is no network: it is kept and goes out later. Raises ServerError. */
export async function agree(naskah: string): Promise<PersetujuanSaya | null> {
  keep(`${session.pegawai} ${naskah}`)
  return sendAgreement()
}

/** What was agreed to without a network. Null when nothing waits, or there is still none. */
export async function sendAgreement(): Promise<PersetujuanSaya | null> {
  if (!agreementWaits.value) return null
  const naskah = state.waiting.split(' ')[1] ?? ''
  try {
    const answer = await sendConsent(naskah)
    keep('')
    consentGiven()
    return answer
  } catch (error) {
    if (error instanceof NetworkError) return null
    // The text has changed meanwhile: it is asked for again.
    keep('')
    throw error
  }
}

function keep(value: string): void {
  state.waiting = value
  try {
    if (value) localStorage.setItem(KEY, value)
    else localStorage.removeItem(KEY)
  } catch {
    // A browser that keeps nothing sends it at once or asks again.
  }
}

function readKept(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}
