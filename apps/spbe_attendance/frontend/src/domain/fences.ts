/** Which place am I at? A hint for the person; the server decides. */
import { distanceToPolygon, polygonsOf, toLocal, type LonLat, type Ring } from './geo'
import type { Fix } from './bestFix'
import type { Lokasi, PutusanLokasi } from '@/types/api'

export type Fence =
  | { kind: 'circle'; name: string; centre: LonLat; radius: number }
  | { kind: 'polygon'; name: string; polygons: Ring[][] }

export interface Hint {
  verdict: PutusanLokasi
  place: string
  /** Metres to the edge of the place, negative inside. */
  distance: number
}

/** Fences that can be drawn; broken ones are left to the server's verdict. */
export function readFences(places: Lokasi[]): Fence[] {
  const fences: Fence[] = []
  for (const place of places) {
    if (place.jenis_area === 'Poligon') {
      const polygons = polygonsOf(place.area)
      if (polygons.length > 0) fences.push({ kind: 'polygon', name: place.nama_lokasi, polygons })
    } else if (place.latitude !== null && place.longitude !== null && (place.radius ?? 0) > 0) {
      fences.push({
        kind: 'circle',
        name: place.nama_lokasi,
        centre: { lon: place.longitude, lat: place.latitude },
        radius: place.radius ?? 0,
      })
    }
  }
  return fences
}

export function distanceToFence(fence: Fence, at: LonLat): number {
  if (fence.kind === 'circle') {
    const { x, y } = toLocal(fence.centre, at)
    return Math.hypot(x, y) - fence.radius
  }
  return Math.min(
    ...fence.polygons.map((rings) =>
      distanceToPolygon(rings.map((points) => points.map((point) => toLocal(point, at)))),
    ),
  )
}

/** The nearest place and the answer of three; null without any fence. */
export function hintFor(fences: Fence[], fix: Fix): Hint | null {
  let best: Hint | null = null
  for (const fence of fences) {
    const distance = distanceToFence(fence, fix)
    if (best && distance >= best.distance) continue
    best = { verdict: threeAnswers(distance, fix.accuracy), place: fence.name, distance }
  }
  return best
}

function threeAnswers(distance: number, accuracy: number): PutusanLokasi {
  if (distance + accuracy <= 0) return 'Dalam'
  return distance - accuracy > 0 ? 'Luar' : 'Ragu'
}
