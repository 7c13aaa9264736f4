import { describe, expect, it } from 'vitest'
import { cardTotals, codeWords, printedCodes } from '@/domain/card'
import { givable, swapFaults, takable, type Duty } from '@/domain/swap'

const duty = (day: number, shift: string | null): Duty => ({
  tanggal: `2026-11-${day}`,
  shift,
  jam: shift && '07:00–14:00',
})
const days = (found: Duty[]) => found.map(({ tanggal }) => Number(tanggal.slice(8)))

describe('an exchange of duties', () => {
  const mine = [duty(25, 'PAGI'), duty(26, null), duty(27, 'MALAM')]
  const his = [duty(26, 'SORE'), duty(27, null), duty(28, 'PAGI')]

  it('gives away no day off', () => {
    expect(days(givable(mine, null))).toEqual([25, 27])
  })
  it('knows only dates that both have', () => {
    expect(days(givable(mine, his))).toEqual([27])
    expect(days(takable(mine, his))).toEqual([26, 27])
  })
  it('names what is missing', () => {
    const empty = { tanggal: '', rekan: '', tanggal_rekan: '', alasan: ' a ' }
    expect(swapFaults(empty, mine, null)).toEqual({
      tanggal: 'mine',
      rekan: 'colleague',
      tanggal_rekan: 'his',
      alasan: 'reason',
    })
  })
  it('refuses a date that the colleague has no roster for', () => {
    const form = { tanggal: '2026-11-25', rekan: 'x', tanggal_rekan: '2026-11-27', alasan: 'Acara keluarga' }
    expect(swapFaults(form, mine, his)).toEqual({ tanggal: 'pair' })
    expect(swapFaults({ ...form, tanggal: '2026-11-27' }, mine, his)).toEqual({})
  })
})

describe("a month's card", () => {
  it('parts codes however they are printed', () => {
    expect(printedCodes('TL1 PSW2')).toEqual(['TL1', 'PSW2'])
    expect(printedCodes('')).toEqual([])
  })
  it('says what a code means, once', () => {
    expect(['H', 'TL1', 'X9'].map(codeWords)).toEqual(['H · Hadir', 'Terlambat (TL1)', 'X9'])
  })
  it('counts days and sums minutes', () => {
    const day = (kode: string, terlambat = 0, cepat = 0) => ({ kode, terlambat, cepat, persen: 0 })
    expect(cardTotals([day('H'), day('TL1 PSW1', 12, 30), day('H'), day('TL1', 3), day('')])).toEqual({
      codes: [
        ['H', 2],
        ['TL1', 2],
        ['PSW1', 1],
      ],
      late: 15,
      early: 30,
    })
  })
})
