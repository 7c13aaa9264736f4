import { describe, expect, it } from 'vitest'
import { clockOf, deviceTime, readClock, wallTime, zoneName } from '@/domain/clock'

describe('the server clock', () => {
  it('shows the time of the site and runs with the monotonic counter', () => {
    const clock = readClock('2026-11-24T07:25:11.500+07:00', 1000)!
    expect(wallTime(clock, 1000)).toEqual({ date: '2026-11-24', hours: 7, minutes: 25, seconds: 11 })
    expect(wallTime(clock, 1000 + 3_600_000)).toMatchObject({ hours: 8, minutes: 25, seconds: 11 })
  })

  it('turns the day at midnight of the site', () => {
    const clock = readClock('2026-12-31T23:59:59+07:00', 0)!
    expect(wallTime(clock, 1000)).toEqual({ date: '2027-01-01', hours: 0, minutes: 0, seconds: 0 })
  })

  it('reads offsets west of Greenwich and Z', () => {
    expect(readClock('2026-01-01T00:00:00-03:30', 0)?.offset).toBe(-210)
    expect(readClock('2026-01-01T00:00:00Z', 0)?.offset).toBe(0)
  })

  it('refuses a time without an offset', () => {
    expect(readClock('2026-11-24T07:25:11', 0)).toBeNull()
    expect(readClock('besok+07:00', 0)).toBeNull()
  })

  it('names the zones of Indonesia only', () => {
    expect([420, 480, 540, 0].map(zoneName)).toEqual(['WIB', 'WITA', 'WIT', ''])
  })

  it('takes hours and minutes from a site time', () => {
    expect(clockOf('2026-11-24 07:25:11.123456')).toBe('07:25')
    expect(clockOf(null)).toBe('')
  })

  it('writes the device time with an offset', () => {
    const moment = new Date('2026-11-24T00:25:11Z')
    expect(deviceTime(moment)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
    expect(new Date(deviceTime(moment)).getTime()).toBe(moment.getTime())
  })
})
