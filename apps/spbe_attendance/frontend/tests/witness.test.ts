import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useQuiet } from '@/composables/useQuiet'
import { compactNumber, digitsOf, idKeeper, isPin } from '@/domain/witness'
import { detour } from '@/router/detour'

describe('what is typed', () => {
  it('is a number without blanks and a PIN of six digits', () => {
    expect(compactNumber(' 19800101 201001 1 001 ')).toBe('198001012010011001')
    expect(digitsOf('48 29-15\n9')).toBe('482915')
    expect(['482915', '48291', '4829155', '48291a', ' 482915', '٤٨٢٩١٥'].map(isPin)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('the id of a punch', () => {
  it('stays while the same is sent again, and is new for everything else', () => {
    let made = 0
    const idOf = idKeeper(() => `ID-${(made += 1)}`)
    const first = idOf('1', 'Masuk', 'a')
    expect([first, idOf('1', 'Masuk', 'a')]).toEqual(['id-1', 'id-1'])
    expect(idOf('2', 'Masuk', 'a')).toBe('id-2')
    expect(idOf('2', 'Pulang', 'a')).toBe('id-3')
    expect(idOf('2', 'Pulang', 'b')).toBe('id-4')
    expect(idOf('1', 'Masuk', 'a')).toBe('id-5')
  })
  it('does not take two facts for one', () => {
    const idOf = idKeeper()
    expect(idOf('1', '2')).not.toBe(idOf('12', ''))
  })
})

describe('who may be where', () => {
  it('keeps a kiosk on its one page, and everybody else off it', () => {
    expect(
      ['kiosk', 'home', 'login', 'witness', 'display'].map((page) => detour('user', true, page)),
    ).toEqual([null, 'kiosk', 'kiosk', 'kiosk', 'kiosk'])
    expect(['kiosk', 'login', 'home', 'display'].map((page) => detour('user', false, page))).toEqual([
      'home',
      'home',
      null,
      null,
    ])
  })
  it('leaves a guest log-in and display', () => {
    expect(['kiosk', 'home', 'login', 'display'].map((page) => detour('guest', false, page))).toEqual([
      'login',
      'login',
      null,
      null,
    ])
  })
  it('waits until it is known who this is', () => {
    expect([detour('unknown', false, 'kiosk'), detour('user', true, '')]).toEqual([null, null])
  })
})

describe('a screen that nobody touches', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function screen(act: () => void) {
    return mount(defineComponent({ setup: () => (useQuiet(45_000, act), () => h('input')) }))
  }

  it('is heard of once, after the time, which every touch and key begins anew', () => {
    const act = vi.fn()
    screen(act)
    vi.advanceTimersByTime(44_000)
    window.dispatchEvent(new Event('pointerdown'))
    vi.advanceTimersByTime(44_000)
    window.dispatchEvent(new Event('keydown'))
    vi.advanceTimersByTime(44_999)
    expect(act).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(act).toHaveBeenCalledTimes(1)
  })
  it('is not heard of when the page is left', () => {
    const act = vi.fn()
    screen(act).unmount()
    vi.advanceTimersByTime(90_000)
    expect(act).not.toHaveBeenCalled()
  })
})
