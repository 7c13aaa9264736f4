import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clientId } from '@/domain/clientId'
import { idKeeper } from '@/domain/witness'

/** Milliseconds since 1970 that an id begins with. */
const timeOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
const many = (count: number) => Array.from({ length: count }, clientId)

describe('the id of what is sent', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is a UUID of version 7 in its canonical form', () => {
    for (const id of many(200))
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })
  it('begins with the time of the phone, in milliseconds', () => {
    const moment = Date.parse('2099-11-30T07:29:59.123+07:00')
    vi.setSystemTime(moment)
    expect(timeOf(clientId())).toBe(moment)
  })
  it('is later in order than every one before, within a millisecond and over many', () => {
    vi.setSystemTime(Date.parse('2100-01-01T00:00:00Z'))
    const made = many(500)
    for (const step of [1, 1000, 86_400_000]) {
      vi.advanceTimersByTime(step)
      made.push(...many(3))
    }
    expect(made).toEqual([...made].sort())
    expect(new Set(made).size).toBe(made.length)
  })
  it('goes on in order when the clock of the phone is set back', () => {
    vi.setSystemTime(Date.parse('2101-01-01T00:00:00Z'))
    const before = clientId()
    vi.setSystemTime(Date.parse('2100-06-01T00:00:00Z'))
    expect(clientId() > before).toBe(true)
  })
  it('is what a punch on another device is kept under', () => {
    expect(idKeeper()('1', 'Masuk')[14]).toBe('7')
  })
})
