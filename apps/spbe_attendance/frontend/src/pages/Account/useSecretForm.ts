import { nextTick, reactive, ref, type Ref } from 'vue'
import { sentenceOf } from '@/data/http'

interface Parts {
  /** Empties the fields. */
  forget: () => void
  /** A sentence for each field; empty where nothing is wrong. */
  faults: () => Record<string, string>
  send: () => Promise<unknown>
  /** The form, and what holds the button that opens it. */
  body: Ref<HTMLFormElement | undefined>
  opener: Ref<HTMLElement | undefined>
}

/** A card that opens into a form with secrets: focus goes where it belongs, and nothing typed outlives the form. */
export function useSecretForm({ forget, faults, send, body, opener }: Parts) {
  const open = ref(false)
  const tried = ref(false)
  const state = reactive({ saving: false, saved: false, fault: '' })

  async function show() {
    Object.assign(state, { saved: false, fault: '' })
    open.value = true
    await nextTick()
    body.value?.querySelector<HTMLElement>('input')?.focus()
  }

  async function hide() {
    forget()
    tried.value = open.value = false
    await nextTick()
    opener.value?.querySelector<HTMLElement>('button')?.focus()
  }

  async function save() {
    tried.value = true
    if (Object.values(faults()).some(Boolean)) {
      await nextTick()
      body.value?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      return
    }
    if (state.saving) return
    Object.assign(state, { saving: true, fault: '' })
    try {
      await send()
      state.saved = true
      await hide()
    } catch (error) {
      state.fault = sentenceOf(error)
    } finally {
      state.saving = false
    }
  }

  return { open, tried, state, show, hide, save }
}
