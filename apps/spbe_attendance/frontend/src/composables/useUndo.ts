import { useDocumentVisibility } from '@vueuse/core'
import { onBeforeUnmount, reactive, readonly, watch } from 'vue'
import { sentenceOf } from '@/data/http'

export const UNDO_SECONDS = 8

interface Step {
  /** Said while it can be undone, and when it is done. */
  soon: string
  done: string
  run: () => Promise<unknown>
}

/**
 * A step that cannot be taken back at the server waits a few seconds here, in which it can be undone. Leaving the page or the app
 * is no undo: the step is then taken at once.
 */
export function useUndo(after: () => void) {
  const state = reactive({ words: '', open: false, tone: 'info' as 'info' | 'ok' | 'error' })
  let waiting: Step | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(words: string, tone: typeof state.tone, open = false): void {
    Object.assign(state, { words, tone, open })
  }

  async function take(): Promise<void> {
    clearTimeout(timer)
    const step = waiting
    waiting = null
    if (!step) return
    state.open = false
    try {
      await step.run()
      if (!waiting) say(step.done, 'ok')
    } catch (error) {
      if (!waiting) say(sentenceOf(error), 'error')
    }
    after()
  }

  /** Of two steps the first is taken when the second comes. */
  function offer(step: Step): void {
    void take()
    waiting = step
    say(step.soon, 'info', true)
    timer = setTimeout(() => void take(), UNDO_SECONDS * 1000)
  }

  function undo(words: string): void {
    clearTimeout(timer)
    waiting = null
    say(words, 'ok')
  }

  watch(useDocumentVisibility(), (now) => now === 'hidden' && void take())
  onBeforeUnmount(() => void take())
  return { state: readonly(state), offer, undo, close: () => say('', 'info') }
}
