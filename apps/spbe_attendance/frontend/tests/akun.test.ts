import { describe, expect, it } from 'vitest'
import { codeInAddress, compactCode, isCode, shownCode, strengthOf } from '@/domain/akun'
import { detour } from '@/router/detour'

describe('an activation code', () => {
  it('is read whatever way it is typed, and shown in two groups', () => {
    expect(compactCode(' abcde-fgh23 ')).toBe('ABCDEFGH23')
    expect(['a', 'abcde', 'abcdef', 'abcde fgh23 zz'].map(shownCode)).toEqual([
      'A',
      'ABCDE',
      'ABCDE-F',
      'ABCDE-FGH23',
    ])
    expect([isCode('ABCDE-FGH2'), isCode('ABCDE-FGH23')]).toEqual([false, true])
  })
  it('comes behind # in the address, never from anything else there', () => {
    expect(codeInAddress('#ABCDE-FGH23')).toBe('ABCDEFGH23')
    expect(['', '#', '#isi', '#ABC', '#%'].map(codeInAddress)).toEqual(['', '', '', '', ''])
  })
})

describe('the strength of a password', () => {
  it('is nothing while it is short, and with what others know', () => {
    expect(strengthOf('Ab3$xyz')).toBe(0)
    expect(strengthOf('siti-9912-perahu', ['Siti', 'Rahmah'])).toBe(0)
    expect(strengthOf('x198502102010012003y', ['198502102010012003'])).toBe(0)
  })
  it('counts neither repetition nor rows nor what everybody uses', () => {
    expect(
      ['aaaaaaaaaaaa', '123456789', 'abcdefgh', 'password', 'qwerty123'].map((word) => strengthOf(word)),
    ).toEqual([0, 0, 0, 0, 0])
  })
  it('grows with words that do not belong together', () => {
    expect(strengthOf('perahu-kopi-senja')).toBe(3)
    expect(strengthOf('kopisenja')).toBeGreaterThan(0)
  })
})

describe('the page of the first log-in', () => {
  it('is open to guests, not to a kiosk', () => {
    expect(detour('guest', false, 'activation')).toBeNull()
    expect(detour('user', true, 'activation')).toBe('kiosk')
    expect(detour('user', false, 'activation')).toBeNull()
  })
})
