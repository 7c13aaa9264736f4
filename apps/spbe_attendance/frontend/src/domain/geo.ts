/** Small distances on a plane around one point: good for a drawing and a hint; the server judges on the ellipsoid. */
export interface LonLat {
  lon: number
  lat: number
}

/** Metres east and north of the origin. */
export interface Local {
  x: number
  y: number
}

export type Ring = LonLat[]

/** Metres of a degree north and east at a latitude of the WGS84 ellipsoid. */
export function degreeLengths(lat: number): { north: number; east: number } {
  const phi = (lat * Math.PI) / 180
  return {
    north: 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
    east: 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi),
  }
}

export function toLocal(point: LonLat, origin: LonLat): Local {
  let east = point.lon - origin.lon
  if (east > 180) east -= 360
  if (east < -180) east += 360
  const degree = degreeLengths(origin.lat)
  return { x: east * degree.east, y: (point.lat - origin.lat) * degree.north }
}

/** Every polygon of a GeoJSON value as its rings, the outer one first; anything unreadable is left out. */
export function polygonsOf(geojson: unknown): Ring[][] {
  if (typeof geojson !== 'object' || geojson === null) return []
  const node = geojson as Record<string, unknown>
  switch (node['type']) {
    case 'FeatureCollection':
      return list(node['features']).flatMap(polygonsOf)
    case 'GeometryCollection':
      return list(node['geometries']).flatMap(polygonsOf)
    case 'Feature':
      return polygonsOf(node['geometry'])
    case 'Polygon':
      return keep(polygon(node['coordinates']))
    case 'MultiPolygon':
      return list(node['coordinates']).flatMap((part) => keep(polygon(part)))
    default:
      return []
  }
}

function keep(rings: Ring[]): Ring[][] {
  return rings.length > 0 ? [rings] : []
}

function polygon(coordinates: unknown): Ring[] {
  return list(coordinates)
    .map(ring)
    .filter((points) => points.length >= 3)
}

function ring(coordinates: unknown): Ring {
  const points: Ring = []
  for (const pair of list(coordinates)) {
    const [lon, lat] = list(pair)
    if (typeof lon === 'number' && typeof lat === 'number') points.push({ lon, lat })
  }
  return points
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Metres to the edge of a polygon with holes around the origin (0,0); negative inside. */
export function distanceToPolygon(rings: Local[][]): number {
  let nearest = Infinity
  let inside = false
  for (const points of rings) {
    for (let index = 0; index < points.length; index += 1) {
      const a = points[index]!
      const b = points[(index + 1) % points.length]!
      nearest = Math.min(nearest, distanceToSegment(a, b))
      if (a.y > 0 !== b.y > 0 && (-a.y * (b.x - a.x)) / (b.y - a.y) + a.x > 0) inside = !inside
    }
  }
  return inside ? -nearest : nearest
}

function distanceToSegment(a: Local, b: Local): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(a.x * dx + a.y * dy) / length))
  return Math.hypot(a.x + share * dx, a.y + share * dy)
}
