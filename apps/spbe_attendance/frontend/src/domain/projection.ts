/** Fences, own point and accuracy as SVG: north is up, the person in the middle. */
import { toLocal, type Local } from './geo'
import { distanceToFence, type Fence } from './fences'
import type { Fix } from './bestFix'

export interface Shape {
  name: string
  /** SVG path data. */
  path: string
}

export interface Drawing {
  shapes: Shape[]
  /** Radius of the accuracy circle in drawing units. */
  accuracy: number
  /** A round number of metres and how long it is in drawing units. */
  scale: { metres: number; length: number }
  /** Towards the nearest place when it lies outside the picture: degrees clockwise from north. */
  bearing: number | null
}

/** Half the width and half the height of the picture. */
export const HALF = 100
export const HALF_HEIGHT = 62
/** What is in view keeps off the upper and lower edge. */
const FRAME = 56
const NEAREST_VIEW = 60
const FARTHEST_VIEW = 600

/** `farthest`: metres; what lies beyond is shown by its direction. */
export function draw(fences: Fence[], fix: Fix, farthest = FARTHEST_VIEW): Drawing {
  const nearest = Math.min(...fences.map((fence) => distanceToFence(fence, fix)), Infinity)
  const wanted = Math.max(fix.accuracy * 1.2, Math.abs(Number.isFinite(nearest) ? nearest : 0) * 1.1)
  const view = Math.min(farthest, Math.max(NEAREST_VIEW, wanted))
  const factor = FRAME / view
  const project = (point: Local) => ({ x: round(point.x * factor), y: round(-point.y * factor) })

  const shapes = fences.map((fence) => {
    if (fence.kind === 'circle') {
      const centre = project(toLocal(fence.centre, fix))
      return { name: fence.name, path: circlePath(centre.x, centre.y, round(fence.radius * factor)) }
    }
    const rings = fence.polygons.flat().map((points) => points.map((point) => project(toLocal(point, fix))))
    return { name: fence.name, path: rings.map(ringPath).join('') }
  })
  return {
    shapes,
    accuracy: round(fix.accuracy * factor),
    scale: scaleBar(view, factor),
    bearing: nearest > view ? bearingTo(fences, fix) : null,
  }
}

function circlePath(x: number, y: number, r: number): string {
  return `M${round(x - r)} ${y}a${r} ${r} 0 1 0 ${round(2 * r)} 0a${r} ${r} 0 1 0 ${round(-2 * r)} 0Z`
}

function ringPath(points: Local[]): string {
  return `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}Z`
}

function scaleBar(view: number, factor: number): Drawing['scale'] {
  const metres = [5000, 2000, 1000, 500, 200, 100, 50, 20].find((step) => step <= view * 0.9) ?? 20
  return { metres, length: round(metres * factor) }
}

function bearingTo(fences: Fence[], fix: Fix): number | null {
  const nearest = [...fences].sort((a, b) => distanceToFence(a, fix) - distanceToFence(b, fix))[0]
  if (!nearest) return null
  const target = nearest.kind === 'circle' ? nearest.centre : nearest.polygons[0]?.[0]?.[0]
  if (!target) return null
  const { x, y } = toLocal(target, fix)
  return Math.round(((Math.atan2(x, y) * 180) / Math.PI + 360) % 360)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
