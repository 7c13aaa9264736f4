/** Which tiles of a web map lie below a view. Only asked where a tile server is set; by default there is none. */

export interface Frame {
  west: number
  south: number
  east: number
  north: number
}

export interface Tile extends Frame {
  address: string
}

const DEEPEST = 18
const PIXELS = 256
/** More than any screen needs; a view of half the world must not ask a server for thousands. */
const MOST = 120

const column = (lon: number, zoom: number) => ((lon + 180) / 360) * 2 ** zoom
const row = (lat: number, zoom: number) => {
  const phi = (Math.max(-85, Math.min(85, lat)) * Math.PI) / 180
  return ((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * 2 ** zoom
}
const longitude = (x: number, zoom: number) => (x / 2 ** zoom) * 360 - 180
const latitude = (y: number, zoom: number) =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** zoom))) * 180) / Math.PI

/** `template`: with {z}, {x}, {y} and perhaps {s}; `scale`: pixels per degree on the screen. */
export function tilesOf(template: string, frame: Frame, scale: number): Tile[] {
  if (!template || !(scale > 0)) return []
  const zoom = Math.max(0, Math.min(DEEPEST, Math.round(Math.log2((scale * 360) / PIXELS))))
  const edge = 2 ** zoom - 1
  const within = (value: number) => Math.max(0, Math.min(edge, Math.floor(value)))
  const [left, right] = [within(column(frame.west, zoom)), within(column(frame.east, zoom))]
  const [top, bottom] = [within(row(frame.north, zoom)), within(row(frame.south, zoom))]
  if ((right - left + 1) * (bottom - top + 1) > MOST) return []
  const tiles: Tile[] = []
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1)
      tiles.push({
        address: template
          .replace('{z}', String(zoom))
          .replace('{x}', String(x))
          .replace('{y}', String(y))
          .replace('{s}', 'a'),
        west: longitude(x, zoom),
        east: longitude(x + 1, zoom),
        north: latitude(y, zoom),
        south: latitude(y + 1, zoom),
      })
  return tiles
}
