import { describe, expect, it } from 'vitest'
import { draw, HALF, HALF_HEIGHT } from '@/domain/projection'
import type { Fence } from '@/domain/fences'

const fix = { lat: 1, lon: 102, accuracy: 20, at: 0 }
const circle = (north: number, radius = 50): Fence => ({
  kind: 'circle',
  name: 'Kantor',
  centre: { lat: 1 + north / 110_575, lon: 102 },
  radius,
})

describe('the drawing', () => {
  it('puts north up', () => {
    const y = Number(/M\S+ (\S+?)a/.exec(draw([circle(40)], fix).shapes[0]!.path)![1])
    expect(y).toBeLessThan(0)
  })

  it('keeps the accuracy circle in the picture', () => {
    expect(draw([], { ...fix, accuracy: 300 }).accuracy).toBeLessThan(HALF_HEIGHT)
  })

  it('shows the whole place the person stands in', () => {
    const radius = Number(/a(\S+) /.exec(draw([circle(0, 120)], fix).shapes[0]!.path)![1])
    expect(radius).toBeLessThan(HALF_HEIGHT)
  })

  it('shows the way to a place that is out of the picture', () => {
    expect(draw([circle(5000)], fix).bearing).toBe(0)
    expect(draw([circle(-5000)], fix).bearing).toBe(180)
    expect(draw([circle(30)], fix).bearing).toBeNull()
  })

  it('shows a far place where whoever looks decides about the distance', () => {
    const far = draw([circle(5000, 400)], fix, 10_000)
    const y = Number(/M\S+ (\S+?)a/.exec(far.shapes[0]!.path)![1])
    expect([far.bearing, y < 0 && y > -HALF_HEIGHT]).toEqual([null, true])
    expect(far.scale.metres).toBe(2000)
  })

  it('draws holes as rings of the same path', () => {
    const ring = (size: number) =>
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].map(([x, y]) => ({ lon: 102 + x! * size, lat: 1 + y! * size }))
    const fence: Fence = { kind: 'polygon', name: 'Area', polygons: [[ring(0.001), ring(0.0002)]] }
    expect(draw([fence], fix).shapes[0]!.path.match(/M/g)).toHaveLength(2)
  })

  it('has a scale that fits', () => {
    const { scale } = draw([circle(0)], fix)
    expect(scale.length).toBeGreaterThan(10)
    expect(scale.length).toBeLessThan(HALF)
  })
})
