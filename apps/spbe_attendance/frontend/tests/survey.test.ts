import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { toLocal } from '@/domain/geo'
import { average, closest, enclose, type Sample, type Station } from '@/domain/survey'
import type { PermintaanSurvei } from '@/types/survei'

const HERE = { lat: 1, lon: 102.7 }
const DEGREE = 110_574
const at = (x: number, y: number) => ({ lat: HERE.lat + y / DEGREE, lon: HERE.lon + x / 111_302 })
const still = (x = 0, y = 0, count = 30, akurasi = 8): Sample[] =>
  Array.from({ length: count }, (_one, t) => ({
    ...at(x + Math.sin(t) * 2, y + Math.cos(t) * 2),
    akurasi,
    t,
  }))
const station = (x: number, y: number, accuracy = 5): Station => ({
  ...at(x, y),
  accuracy,
  spread: 1,
  used: 30,
  leftOut: 0,
})
const metres = (one: { lat: number; lon: number }, x: number, y: number) => {
  const local = toLocal(one, at(x, y))
  return Math.hypot(local.x, local.y)
}

describe('the average of fixes', () => {
  it('is the same as the server computes', () => {
    const file = resolve(__dirname, '../../spbe_attendance/tests/vectors/survey.json')
    const cases = JSON.parse(readFileSync(file, 'utf8')) as Array<{
      sampel: Sample[]
      hasil: { lat: number; lon: number; akurasi: number; sebaran: number; dipakai: number; dibuang: number }
    }>
    expect(cases.length).toBeGreaterThan(2)
    for (const { sampel, hasil } of cases) {
      const found = average(sampel) as Station
      const { x, y } = toLocal(found, hasil)
      expect(Math.hypot(x, y)).toBeLessThan(0.01)
      expect(found.accuracy).toBeCloseTo(hasil.akurasi, 2)
      expect(found.spread).toBeCloseTo(hasil.sebaran, 2)
      expect([found.used, found.leftOut]).toEqual([hasil.dipakai, hasil.dibuang])
    }
  })
  it('leaves a jump of the receiver out', () => {
    const found = average([...still(), { ...at(90, 40), akurasi: 8, t: 9.5 }]) as Station
    expect(found.leftOut).toBe(1)
    expect(metres(found, 0, 0)).toBeLessThan(1)
  })
  it('says why samples give no station', () => {
    expect(average([])).toBe('few')
    expect(average(still(0, 0, 10))).toBe('short')
    expect(average(still().map((one) => ({ ...one, akurasi: 300 })))).toBe('few')
    expect(average(still().map((one, index) => ({ ...one, ...at(index * 6, 0) })))).toBe('wide')
  })
})

describe('what stations enclose', () => {
  it('is the circle with both on its edge, made wider by how unsure they are', () => {
    const found = enclose([station(-30, 0, 6), station(30, 0, 9)], 'x')
    expect(found).toMatchObject({ kind: 'circle', radius: 40 })
    expect(found?.kind === 'circle' && metres(found.centre, 0, 0)).toBeLessThan(0.1)
  })
  it('is a polygon that does not cross itself, in whatever order they were walked', () => {
    const found = enclose([station(0, 0), station(40, 40), station(40, 0), station(0, 40)], 'x')
    const ring = found?.kind === 'polygon' ? found.polygons[0]![0]! : []
    const local = ring.map((point) => toLocal(point, at(20, 20)))
    const turns = local.map(({ x, y }, index) => {
      const next = local[(index + 1) % local.length]!
      return Math.sign(x * next.y - y * next.x)
    })
    expect(turns).toEqual([1, 1, 1, 1])
  })
  it('is nothing with one station, or with two at one spot', () => {
    expect(enclose([station(0, 0)], 'x')).toBeNull()
    expect(enclose([station(0, 0), station(3, 0)], 'x')).toBeNull()
    expect(closest([station(0, 0), station(3, 0), station(40, 0)])).toBeCloseTo(3, 1)
  })
})

describe('a survey without a network', () => {
  const answers: Array<{ status: number; body: unknown } | 'silent'> = []
  const sentIds: string[] = []

  beforeEach(() => {
    answers.length = sentIds.length = 0
    vi.stubGlobal('fetch', (_url: URL, init: { body?: string }) => {
      const body = init.body ? (JSON.parse(init.body) as PermintaanSurvei) : null
      if (body?.id_klien) sentIds.push(body.id_klien)
      const next = body?.id_klien ? answers.shift() : { status: 200, body: { message: { csrf_token: 'x' } } }
      if (!next || next === 'silent') return Promise.reject(new TypeError('no network'))
      return Promise.resolve(new Response(JSON.stringify(next.body), { status: next.status }))
    })
  })

  const survey = (id: string): PermintaanSurvei => ({
    id_klien: id,
    nama_lokasi: `Pos ${id}`,
    opd: 'OPD',
    lokasi: null,
    waktu: '2026-11-24T00:00:00Z',
    titik: [{ sampel: still() }, { sampel: still(60) }],
  })

  it('waits, is sent under the same id, and a refusal keeps its reason', async () => {
    const { keepSurvey, sendSurveys, waiting, discardSurvey } = await import('@/data/survei')
    await keepSurvey(survey('a'))
    await keepSurvey(survey('b'))
    answers.push('silent')
    expect(await sendSurveys()).toEqual([])
    expect(waiting.value.map(({ id, fault }) => [id, fault])).toEqual([
      ['a', ''],
      ['b', ''],
    ])
    answers.push({ status: 200, body: { message: { name: 'S1' } } })
    answers.push({
      status: 417,
      body: {
        exc_type: 'SurveiDitolak',
        _server_messages: JSON.stringify([JSON.stringify({ message: 'Ukur lagi.' })]),
      },
    })
    expect(await sendSurveys()).toEqual([{ name: 'S1' }])
    expect(sentIds).toEqual(['a', 'a', 'b'])
    expect(waiting.value.map(({ id, fault }) => [id, fault])).toEqual([['b', 'Ukur lagi.']])
    await discardSurvey('b')
    expect(waiting.value).toEqual([])
  })
})
