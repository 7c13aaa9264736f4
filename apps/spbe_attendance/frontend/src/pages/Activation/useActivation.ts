import { computed, reactive, ref } from 'vue'
import { useOnline } from '@vueuse/core'
import { activate, lookAtCode } from '@/data/akun'
import { ServerError, sentenceOf } from '@/data/http'
import { compactCode, isCode, SHORTEST_PASSWORD, strengthOf } from '@/domain/akun'
import { compactNumber, isPin } from '@/domain/witness'
import { a } from '@/i18n/aktivasi'
import type { Aktivasi, KodeAktivasi } from '@/types/akun'

/** From a code to a password and a PIN. `scanned`: the code of a QR, or empty. */
export function useActivation(scanned: string) {
  const online = useOnline()
  const fields = reactive({ number: '', code: scanned, password: '', again: '', pin: '', pinAgain: '' })
  const state = reactive({ working: false, fault: '', tried: false, scanned: Boolean(scanned) })
  const person = ref<Aktivasi | null>(null)
  const step = computed(() => (person.value ? 'secret' : 'code'))
  const strength = computed(() => strengthOf(fields.password, knownOf(person.value)))
  const codeFaults = computed(() => ({
    number: state.scanned || compactNumber(fields.number) ? '' : a.need.number,
    code: isCode(fields.code) ? '' : a.need.code,
  }))
  const secretFaults = computed(() => ({
    password:
      fields.password.length < SHORTEST_PASSWORD ? a.need.password : strength.value ? '' : a.need.weak,
    again: fields.again === fields.password ? '' : a.need.again,
    pin: isPin(fields.pin) ? '' : a.need.pin,
    pinAgain: fields.pinAgain === fields.pin ? '' : a.need.pinAgain,
  }))

  function code(): KodeAktivasi {
    const number = state.scanned ? '' : compactNumber(fields.number)
    return { kode: compactCode(fields.code), ...(number ? { nomor: number } : {}) }
  }

  /** False when something is missing. */
  async function look(): Promise<boolean> {
    if (!ready(codeFaults.value)) return false
    await work(async () => {
      person.value = await lookAtCode(code())
      state.tried = false
    })
    return true
  }

  /** False when something is missing; the page goes on once somebody is logged in. */
  async function save(): Promise<boolean> {
    if (!ready(secretFaults.value)) return false
    await work(() => activate(code(), fields.password, fields.pin))
    return true
  }

  function ready(faults: Record<string, string>): boolean {
    state.tried = true
    return !Object.values(faults).some(Boolean)
  }

  async function work(task: () => Promise<unknown>): Promise<void> {
    if (state.working) return
    Object.assign(state, { working: true, fault: '' })
    try {
      await task()
    } catch (error) {
      state.fault = sentenceOf(error)
      // Too many codes without a number were tried somewhere: with the number it still works.
      if (error instanceof ServerError && error.excType === 'NomorDiperlukan')
        Object.assign(state, { scanned: false, tried: false })
    } finally {
      state.working = false
    }
  }

  /** Back to the code; nothing that was typed for somebody else stays. */
  function restart(): void {
    person.value = null
    Object.assign(fields, { number: '', code: '', password: '', again: '', pin: '', pinAgain: '' })
    Object.assign(state, { fault: '', tried: false, scanned: false })
  }

  return { online, fields, state, person, step, strength, codeFaults, secretFaults, look, save, restart }
}

function knownOf(person: Aktivasi | null): string[] {
  return person ? [person.nomor, ...person.nama.split(/\s+/)] : []
}
