import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { UNDO_SECONDS, useUndo } from '@/composables/useUndo'
import { NetworkError } from '@/data/http'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function page() {
  const found = {} as { undo: ReturnType<typeof useUndo>; loads: number; unmount: () => void }
  found.loads = 0
  const Page = defineComponent(() => {
    found.undo = useUndo(() => (found.loads += 1))
    return () => h('p')
  })
  const wrapper = mount(Page)
  found.unmount = () => wrapper.unmount()
  return found
}

function step(run = vi.fn(async () => undefined as unknown)) {
  return { soon: 'sebentar lagi', done: 'selesai', run }
}

describe('a step that can be undone', () => {
  it('is taken after the time has passed, and once', async () => {
    const { undo, ...rest } = page()
    const taken = step()
    undo.offer(taken)
    expect(undo.state).toMatchObject({ words: 'sebentar lagi', open: true })
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000 - 1)
    expect(taken.run).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(taken.run).toHaveBeenCalledOnce()
    expect(undo.state).toMatchObject({ words: 'selesai', open: false, tone: 'ok' })
    rest.unmount()
    expect(taken.run).toHaveBeenCalledOnce()
  })
  it('is never taken when it was undone', async () => {
    const { undo, unmount } = page()
    const taken = step()
    undo.offer(taken)
    undo.undo('tidak jadi')
    unmount()
    await vi.runAllTimersAsync()
    expect(taken.run).not.toHaveBeenCalled()
  })
  it('is taken at once when the page is left or another step comes', () => {
    const { undo, unmount } = page()
    const [first, second] = [step(), step()]
    undo.offer(first)
    undo.offer(second)
    expect([first.run.mock.calls.length, second.run.mock.calls.length]).toEqual([1, 0])
    unmount()
    expect(second.run).toHaveBeenCalledOnce()
  })
  it('says why it was refused, and the list is read again', async () => {
    const found = page()
    found.undo.offer(step(vi.fn().mockRejectedValue(new NetworkError('Tidak ada jaringan'))))
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000)
    expect(found.undo.state).toMatchObject({ words: 'Tidak ada jaringan', tone: 'error' })
    expect(found.loads).toBe(1)
  })
})
