import { describe, expect, it } from 'vitest'
import { hintFor, readFences } from '@/domain/fences'
import type { Lokasi } from '@/types/api'

const office: Lokasi = {
  name: 'a',
  nama_lokasi: 'Kantor Camat',
  jenis_area: 'Radius',
  latitude: 1,
  longitude: 102,
  radius: 100,
  area: null,
}
const fix = (metresNorth: number, accuracy = 10) => ({
  lat: 1 + metresNorth / 110_575,
  lon: 102,
  accuracy,
  at: 0,
})

describe('the hint', () => {
  const fences = readFences([office])

  it('has three answers by the accuracy', () => {
    expect(hintFor(fences, fix(50))?.verdict).toBe('Dalam')
    expect(hintFor(fences, fix(95))?.verdict).toBe('Ragu')
    expect(hintFor(fences, fix(105))?.verdict).toBe('Ragu')
    expect(hintFor(fences, fix(150))?.verdict).toBe('Luar')
  })

  it('names the nearest of several places', () => {
    const far = { ...office, name: 'b', nama_lokasi: 'Kantor Bupati', latitude: 1.01 }
    const hint = hintFor(readFences([far, office]), fix(300))
    expect(hint?.place).toBe('Kantor Camat')
    expect(hint?.distance).toBeCloseTo(200, 0)
  })

  it('is silent without a place', () => {
    expect(hintFor([], fix(0))).toBeNull()
  })

  it('accepts coordinates of zero and leaves out places without any', () => {
    expect(readFences([{ ...office, latitude: 0, longitude: 0 }])).toHaveLength(1)
    expect(
      readFences([
        { ...office, latitude: null },
        { ...office, radius: 0 },
        { ...office, jenis_area: 'Poligon' },
      ]),
    ).toEqual([])
  })
})
