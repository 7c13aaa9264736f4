import { describe, expect, it } from 'vitest'
import { distanceToPolygon, polygonsOf, toLocal } from '@/domain/geo'

const square = [
  [
    [102, 1],
    [102.001, 1],
    [102.001, 1.001],
    [102, 1.001],
    [102, 1],
  ],
]

describe('GeoJSON rings', () => {
  it('reads lon before lat', () => {
    expect(polygonsOf({ type: 'Polygon', coordinates: square })[0]![0]![1]).toEqual({ lon: 102.001, lat: 1 })
  })

  it('finds every polygon of collections, features and MultiPolygons', () => {
    const polygon = { type: 'Polygon', coordinates: square }
    const all = {
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', geometry: polygon },
        { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: [square, square] } },
        { type: 'Feature', geometry: { type: 'GeometryCollection', geometries: [polygon] } },
      ],
    }
    expect(polygonsOf(all)).toHaveLength(4)
  })

  it('leaves out what is broken', () => {
    for (const broken of [
      null,
      3,
      'x',
      {},
      { type: 'Point', coordinates: [1, 2] },
      { type: 'Polygon', coordinates: [[[1, 2]]] },
    ]) {
      expect(polygonsOf(broken)).toEqual([])
    }
  })
})

describe('distance to an edge', () => {
  const box = (half: number) => [
    { x: -half, y: -half },
    { x: half, y: -half },
    { x: half, y: half },
    { x: -half, y: half },
  ]

  it('is negative inside and positive outside', () => {
    expect(distanceToPolygon([box(50)])).toBeCloseTo(-50)
    expect(distanceToPolygon([box(50).map(({ x, y }) => ({ x: x + 80, y }))])).toBeCloseTo(30)
  })

  it('counts a hole as outside', () => {
    expect(distanceToPolygon([box(50), box(10)])).toBeCloseTo(10)
  })
})

it('measures across the antimeridian', () => {
  expect(toLocal({ lon: -179.999, lat: 0 }, { lon: 179.999, lat: 0 }).x).toBeCloseTo(222.64, 1)
})

it('measures a degree of the ellipsoid, not of a sphere', () => {
  const { x, y } = toLocal({ lon: 102.01, lat: 1.01 }, { lon: 102, lat: 1 })
  expect(y).toBeCloseTo(1105.75, 0)
  expect(x).toBeCloseTo(1113.02, 0)
})
