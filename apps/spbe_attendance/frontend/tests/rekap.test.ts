import { describe, expect, it } from 'vitest'
import { codeLabel, codesOf, codeTone, isDayOff, minutesLabel, numberLabel, summarize } from '@/domain/rekap'

const day = (kode: string, menit_terlambat = 0, menit_pulang_cepat = 0) => ({
  kode,
  menit_terlambat,
  menit_pulang_cepat,
})

describe('codes of a day', () => {
  it('are said in words, with the level for those who know it', () => {
    expect(codesOf('TL1, PSW4').map(codeLabel)).toEqual(['Terlambat (TL1)', 'Pulang cepat (PSW4)'])
    expect(['H', 'TK', 'CBer', 'CB'].map(codeLabel)).toEqual([
      'Hadir',
      'Tanpa keterangan',
      'Cuti bersama',
      'Cuti besar',
    ])
  })
  it('stay as they are when nobody knows them', () => {
    expect(codeLabel('X9')).toBe('X9')
    expect(codesOf('')).toEqual([])
  })
  it('have a colour: red for nobody seen, orange for minutes, blue for a permit', () => {
    expect(['H', 'TK', 'TL4', 'PSW1', 'CT', 'L'].map(codeTone)).toEqual([
      'green',
      'red',
      'orange',
      'orange',
      'blue',
      'gray',
    ])
  })
  it('make a free day only when nothing else stands beside', () => {
    expect(['L', 'CBer', 'H', 'L,H', ''].map(isDayOff)).toEqual([true, true, false, false, false])
  })
})

describe('durations and numbers', () => {
  it('have hours only when there are any', () => {
    expect([0, 1, 59, 60, 95, 120.9, -3].map(minutesLabel)).toEqual([
      '0 menit',
      '1 menit',
      '59 menit',
      '1 jam',
      '1 jam 35 menit',
      '2 jam',
      '0 menit',
    ])
  })
  it('have a decimal comma', () => {
    expect([1.25, 0.5, 12, 0.1 + 0.2].map(numberLabel)).toEqual(['1,25', '0,5', '12', '0,3'])
  })
})

describe('a month', () => {
  it('counts each day once, whatever its codes, and no free day', () => {
    const days = [day('H'), day('TL2,PSW1', 40, 10), day('TK'), day('CT'), day('L'), day('CBer'), day('')]
    expect(summarize([...days, null, undefined])).toEqual({
      present: 2,
      absent: 1,
      excused: 1,
      late: 40,
      early: 10,
    })
  })
  it('is present on a day that is half leave', () => {
    expect(summarize([day('H,I')])).toMatchObject({ present: 1, excused: 0 })
  })
  it('adds up to nothing without days', () => {
    expect(summarize([])).toEqual({ present: 0, absent: 0, excused: 0, late: 0, early: 0 })
  })
})
