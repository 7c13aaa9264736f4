/**
 * A place out of fixes that a phone took standing still: weighted mean without outliers, and how sure it is. To show it; the server
 * computes the same again from the raw samples (geofence/averaging.py), and the tests of both read the same vectors.
 */
import { toLocal, degreeLengths, type Local, type LonLat } from './geo'
import type { Fence } from './fences'

/** One fix. `t`: seconds on any clock that runs evenly; `akurasi`: metres. */
export interface Sample {
  lat: number
  lon: number
  akurasi: number
  t: number
}

/** Where somebody stood; radii in metres that hold 95 %. */
export interface Station {
  lat: number
  lon: number
  accuracy: number
  spread: number
  used: number
  leftOut: number
}

export type SurveyFault = 'few' | 'short' | 'wide'

export const MEASURE_SECONDS = 30
/** After this the phone is told to have no useful position here. */
export const GIVE_UP_SECONDS = 75
const WORST = 100
const FEWEST = 5
const SHORTEST = 20
const INDEPENDENT = 10
const MOST = 4
const SPREADS = 3 * 1.4826
const ALWAYS_KEPT = 3
const WIDEST = 60
const CLOSEST = 5
const STEP = 5

type Point = Local & { accuracy: number }

/** The station, or why these samples give none. */
export function average(samples: Sample[]): Station | SurveyFault {
  const usable = samples.filter(({ akurasi }) => akurasi <= WORST)
  const first = usable[0]
  if (!first || usable.length < FEWEST) return 'few'
  const times = usable.map(({ t }) => t)
  const span = Math.max(...times) - Math.min(...times)
  if (span < SHORTEST) return 'short'
  const points = usable.map((sample) => ({ ...toLocal(sample, first), accuracy: sample.akurasi }))
  const kept = withoutOutliers(points)
  const weights = kept.map(({ accuracy }) => 1 / Math.max(accuracy, 1) ** 2)
  const total = sum(weights)
  const x = sum(kept.map((point, index) => point.x * weights[index]!)) / total
  const y = sum(kept.map((point, index) => point.y * weights[index]!)) / total
  const square = sum(kept.map((point, index) => ((point.x - x) ** 2 + (point.y - y) ** 2) * weights[index]!))
  const spread = 2 * Math.sqrt(square / total)
  if (spread > WIDEST) return 'wide'
  const independent = Math.min(MOST, Math.max(1, span / INDEPENDENT))
  const typical = median(kept.map(({ accuracy }) => accuracy))
  return {
    ...fromLocal({ x, y }, first),
    accuracy: Math.max(1, Math.max(typical, spread) / Math.sqrt(independent)),
    spread,
    used: kept.length,
    leftOut: samples.length - kept.length,
  }
}

function withoutOutliers(points: Point[]): Point[] {
  const x = median(points.map((point) => point.x))
  const y = median(points.map((point) => point.y))
  const distances = points.map((point) => Math.hypot(point.x - x, point.y - y))
  const limit = Math.max(ALWAYS_KEPT, SPREADS * median(distances))
  return points.filter((_point, index) => distances[index]! <= limit)
}

/** What the stations enclose, about as the server will draw it; null while they enclose nothing. */
export function enclose(stations: Station[], name: string): Fence | null {
  const [first, second] = stations
  if (!first || !second || closest(stations) < CLOSEST) return null
  if (stations.length > 2) return { kind: 'polygon', name, polygons: [[around(stations)]] }
  const apart = toLocal(second, first)
  const margin = Math.max(first.accuracy, second.accuracy)
  return {
    kind: 'circle',
    name,
    centre: fromLocal({ x: apart.x / 2, y: apart.y / 2 }, first),
    radius: STEP * Math.ceil((Math.hypot(apart.x, apart.y) / 2 + margin) / STEP - 1e-9),
  }
}

/** Metres between the two stations that lie nearest to each other. */
export function closest(stations: Station[]): number {
  const legs = stations.flatMap((one, index) =>
    stations.slice(index + 1).map((other) => {
      const { x, y } = toLocal(other, one)
      return Math.hypot(x, y)
    }),
  )
  return Math.min(Infinity, ...legs)
}

/** In the order round their middle, which never crosses itself. */
function around(stations: Station[]): LonLat[] {
  const first = stations[0]!
  const points = stations.map((station) => toLocal(station, first))
  const x = sum(points.map((point) => point.x)) / points.length
  const y = sum(points.map((point) => point.y)) / points.length
  const angle = (index: number) => Math.atan2(points[index]!.y - y, points[index]!.x - x)
  return stations
    .map(({ lat, lon }, index) => ({ lat, lon, angle: angle(index) }))
    .sort((one, other) => one.angle - other.angle)
    .map(({ lat, lon }) => ({ lat, lon }))
}

function fromLocal({ x, y }: Local, origin: LonLat): LonLat {
  const degree = degreeLengths(origin.lat)
  return { lat: origin.lat + y / degree.north, lon: origin.lon + x / degree.east }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function median(numbers: number[]): number {
  const ordered = [...numbers].sort((one, other) => one - other)
  const half = Math.floor(ordered.length / 2)
  return ordered.length % 2 ? ordered[half]! : (ordered[half - 1]! + ordered[half]!) / 2
}
