import { afterEach, describe, expect, it } from 'vitest'
import { dayLabel, monthLabel } from '@/domain/calendar'
import { distanceLabel } from '@/domain/distance'
import { codeLabel, minutesLabel, numberLabel } from '@/domain/rekap'
import { setLanguage, t } from '@/i18n'
import en from '@/i18n/en'
import { r } from '@/i18n/daftar'
import { q } from '@/i18n/luring'
import { p } from '@/i18n/permohonan'
import { s } from '@/i18n/persetujuan'
import { w } from '@/i18n/saksi'
import { v } from '@/i18n/survei'
import { d } from '@/i18n/dataSaya'
import { a } from '@/i18n/aktivasi'
import { c, count, percent } from '@/i18n/command'
import { c as commandEnglish } from '@/i18n/command.en'

afterEach(() => setLanguage('id'))

/** Paths of all texts; a sentence made of numbers or names is told apart from a plain one. */
function shape(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [`${path}: ${typeof node}`]
  return Object.entries(node).flatMap(([key, value]) => shape(value, `${path}.${key}`))
}

function texts(node: unknown): string[] {
  if (typeof node === 'string') return [node]
  if (typeof node === 'function') return [String((node as (...all: unknown[]) => unknown)('1', '2'))]
  return node && typeof node === 'object' ? Object.values(node).flatMap(texts) : []
}

// Words of the server's data need no Indonesian row: they are shown as they are.
const plain = (paths: string[]) => paths.filter((path) => !/^\.(data|causes)\./.test(path)).sort()

describe('the language', () => {
  it('is Indonesian at first', () => {
    expect([t.nav.home, p.title]).toEqual(['Beranda', 'Permohonan'])
  })
  it('changes every text, and back', async () => {
    await setLanguage('en')
    expect([t.nav.home, p.title]).toEqual(['Home', 'Requests'])
    await setLanguage('id')
    expect([t.nav.home, p.title]).toEqual(['Beranda', 'Permohonan'])
  })
  it('has the same texts in English', () => {
    expect(plain(shape(en.t))).toEqual(plain(shape(t)))
    expect(plain(shape(en.a))).toEqual(plain(shape(a)))
    expect(plain(shape(en.p))).toEqual(plain(shape(p)))
    expect(plain(shape(en.q))).toEqual(plain(shape(q)))
    expect(plain(shape(en.r))).toEqual(plain(shape(r)))
    expect(plain(shape(en.s))).toEqual(plain(shape(s)))
    expect(plain(shape(en.w))).toEqual(plain(shape(w)))
    expect(plain(shape(en.v))).toEqual(plain(shape(v)))
    expect(plain(shape(en.d))).toEqual(plain(shape(d)))
    expect(plain(shape(commandEnglish))).toEqual(plain(shape(c)))
    expect(
      [
        ...texts(en.t),
        ...texts(en.p),
        ...texts(en.w),
        ...texts(en.v),
        ...texts(en.d),
        ...texts(commandEnglish),
      ].filter((words) => words.trim() === ''),
    ).toEqual([])
  })
  it('writes days, numbers and codes its own way', async () => {
    const all = () => [
      dayLabel('2026-11-24'),
      monthLabel('2026-02'),
      numberLabel(1.25),
      distanceLabel(1234),
      minutesLabel(61),
      codeLabel('TL1'),
      codeLabel('DL'),
      count(12345),
      percent(93.4),
      c.states.senyap,
    ]
    const before = all()
    await setLanguage('en')
    expect(all()).toEqual([
      'Tuesday, 24 November 2026',
      'February 2026',
      '1.25',
      '1.2 km',
      '1 hour 1 minute',
      'Late (TL1)',
      'Official trip',
      '12,345',
      '93.4 %',
      'Silent unit',
    ])
    await setLanguage('id')
    expect(all()).toEqual(before)
    expect(before[2]).toBe('1,25')
  })
})
