import { describe, expect, it } from 'vitest'
import { HOUR_MS, isDue, retryAfterMs, waitBefore } from '@/domain/backoff'
import { betterFix, KEEP_FOR_MS, type Fix } from '@/domain/bestFix'
import { dayLabel, isMonth, monthLabel, shiftMonth } from '@/domain/calendar'
import { distanceLabel } from '@/domain/distance'
import { fitsBudget, photoAttempts, scaledSize } from '@/domain/photoBudget'
import { sizeLabel } from '@/domain/size'
import { statusTone } from '@/domain/status'

describe('a distance in words', () => {
  it('uses metres, then kilometres with a comma', () => {
    expect([0.4, 12.4, -12.6, 999, 1234, 12_345].map(distanceLabel)).toEqual([
      '< 1 m',
      '12 m',
      '13 m',
      '999 m',
      '1,2 km',
      '12 km',
    ])
  })
  it('has a dash for no number', () => {
    expect(distanceLabel(NaN)).toBe('–')
  })
})

describe('a size in words', () => {
  it('is in KB, then in MB with a comma', () => {
    expect([0, 812_400, 999_999, 3_440_000].map(sizeLabel)).toEqual(['1 KB', '812 KB', '1000 KB', '3,4 MB'])
  })
})

describe('the best fix', () => {
  const kept: Fix = { lat: 1, lon: 102, accuracy: 10, at: 0 }
  it('keeps the sharper one while the person stands still', () => {
    expect(betterFix(kept, { ...kept, accuracy: 50, at: 1000 })).toBe(kept)
    expect(betterFix(kept, { ...kept, accuracy: 5, at: 1000 }).accuracy).toBe(5)
  })
  it('follows a person who has moved, and forgets an old fix', () => {
    expect(betterFix(kept, { ...kept, lat: 1.01, accuracy: 50, at: 1000 }).lat).toBe(1.01)
    expect(betterFix(kept, { ...kept, accuracy: 50, at: KEEP_FOR_MS + 1 }).accuracy).toBe(50)
  })
})

describe('the photo budget', () => {
  it('never asks for more pixels than the server takes', () => {
    expect(photoAttempts(480).every(({ side }) => side <= 480)).toBe(true)
    expect(photoAttempts(100)).not.toHaveLength(0)
  })
  it('goes from best to smallest', () => {
    const sides = photoAttempts(720).map(({ side }) => side)
    expect(sides).toEqual([...sides].sort((a, b) => b - a))
  })
  it('scales down, never up, and keeps the proportions', () => {
    expect(scaledSize(1280, 960, 640)).toEqual({ width: 640, height: 480 })
    expect(scaledSize(300, 400, 640)).toEqual({ width: 300, height: 400 })
  })
  it('takes exactly the limit and nothing above', () => {
    expect([0, 60 * 1024, 60 * 1024 + 1].map((bytes) => fitsBudget(bytes, 60))).toEqual([false, true, false])
  })
})

describe('days and months', () => {
  it('speaks Indonesian', () => {
    expect(dayLabel('2026-11-24')).toBe('Selasa, 24 November 2026')
    expect(monthLabel('2026-08')).toBe('Agustus 2026')
  })
  it('steps over the turn of the year', () => {
    expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  })
  it('knows a month', () => {
    expect(['2026-11', '2026-13', '26-1', null].map(isMonth)).toEqual([true, false, false, false])
  })
})

describe('when to try again', () => {
  it('waits twice as long each time, half of it by chance, and never longer than five minutes', () => {
    expect([1, 2, 3, 8, 9, 500].map((tries) => waitBefore(tries, 1))).toEqual([
      2000, 4000, 8000, 256_000, 300_000, 300_000,
    ])
    expect([1, 500].map((tries) => waitBefore(tries, 0))).toEqual([1000, 150_000])
  })
  it('reads Retry-After in seconds and as a date', () => {
    const now = Date.parse('2026-11-24T00:30:00Z')
    expect(retryAfterMs('120', now)).toBe(120_000)
    expect(retryAfterMs(' 0 ', now)).toBe(0)
    expect(retryAfterMs('Tue, 24 Nov 2026 00:30:30 GMT', now)).toBe(30_000)
    expect(retryAfterMs('Tue, 24 Nov 2026 00:29:00 GMT', now)).toBe(0)
    expect(retryAfterMs('999999', now)).toBe(HOUR_MS)
    for (const nothing of [null, '', 'soon', '-5', '1.5']) expect(retryAfterMs(nothing, now)).toBeNull()
  })
  it('is not kept waiting by a moment that a wrong clock has noted', () => {
    expect([0, 1000, 1001, 1000 + HOUR_MS + 1].map((moment) => isDue(moment, 1000))).toEqual([
      true,
      true,
      false,
      true,
    ])
  })
})

it('has a colour for each status, and grey for an unknown one', () => {
  expect(['Sah', 'Disetujui', 'Menunggu Persetujuan', 'Ditolak', 'Lain'].map(statusTone)).toEqual([
    'green',
    'green',
    'orange',
    'red',
    'gray',
  ])
})
