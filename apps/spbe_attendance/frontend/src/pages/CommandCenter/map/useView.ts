import { geoIdentity, geoPath } from 'd3-geo'
import { select } from 'd3-selection'
import { zoom, zoomIdentity, type ZoomTransform } from 'd3-zoom'
import { computed, onMounted, shallowRef, watch, type Ref } from 'vue'
import type { Frame } from '@/domain/command/tiles'
import { drawable } from '@/domain/command/places'
import type { Place } from '@/types/pemantauan'

export const WIDTH = 800
export const HEIGHT = 560
const EDGE = 44

/** Near the equator a degree is as wide as it is high: longitude and latitude are drawn as they are. */
export function useView(
  svg: Ref<SVGSVGElement | undefined>,
  base: Ref<GeoJSON.FeatureCollection | null>,
  places: Ref<readonly Place[]>,
) {
  const transform = shallowRef<ZoomTransform>(zoomIdentity)
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.7, 400])
    .translateExtent([
      [-WIDTH, -HEIGHT],
      [2 * WIDTH, 2 * HEIGHT],
    ])
    // A page that is scrolled must not get stuck in the map.
    .filter((event: Event) =>
      event.type === 'wheel'
        ? (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey
        : event.type.startsWith('touch')
          ? (event as TouchEvent).touches.length > 1
          : !(event as MouseEvent).button,
    )
    .on('zoom', (event: { transform: ZoomTransform }) => (transform.value = event.transform))

  /** All places in sight; without any, the base map. */
  const projection = computed(() => {
    const spots = drawable(places.value).map(({ longitude, latitude }) => [longitude, latitude])
    const frame: GeoJSON.GeoJSON | null =
      spots.length > 0
        ? { type: 'MultiPoint', coordinates: widened(spots as Array<[number, number]>) }
        : base.value
    const flat = geoIdentity().reflectY(true)
    if (!frame) return flat
    return flat.fitExtent(
      [
        [EDGE, EDGE],
        [WIDTH - EDGE, HEIGHT - EDGE],
      ],
      frame,
    )
  })
  const land = computed(() => (base.value ? (geoPath(projection.value)(base.value) ?? '') : ''))
  /** Pixels of the drawing per degree. */
  const scale = computed(() => Math.abs(projection.value.scale()) * transform.value.k)

  function point(lon: number, lat: number): [number, number] {
    const spot = projection.value([lon, lat]) ?? [0, 0]
    return transform.value.apply(spot)
  }
  /** Degrees in sight. */
  const frame = computed(() => {
    const corner = (x: number, y: number) =>
      projection.value.invert!(transform.value.invert([x, y])) ?? [0, 0]
    const [west, north] = corner(0, 0)
    const [east, south] = corner(WIDTH, HEIGHT)
    return { west, north, east, south } as Frame
  })
  const selection = () => select(svg.value!)
  const zoomBy = (factor: number) => behaviour.scaleBy(selection(), factor)
  const home = () => behaviour.transform(selection(), zoomIdentity)

  /** To this point, closer. */
  function approach(lon: number, lat: number, factor: number) {
    const [x, y] = projection.value([lon, lat]) ?? [0, 0]
    const k = Math.min(400, transform.value.k * factor)
    behaviour.transform(selection(), zoomIdentity.translate(WIDTH / 2 - x * k, HEIGHT / 2 - y * k).scale(k))
  }
  onMounted(() => selection().call(behaviour).on('dblclick.zoom', null))
  // Other places: begin with all of them in sight.
  watch(
    () => places.value.map(({ name }) => name).join(' '),
    () => svg.value && home(),
  )
  return { transform, land, scale, frame, point, zoomBy, home, approach }
}

/** One place alone would be shown as close as can be: at least some kilometres are in sight. */
function widened(spots: Array<[number, number]>): Array<[number, number]> {
  const lons = spots.map(([lon]) => lon)
  const lats = spots.map(([, lat]) => lat)
  const [west, east, south, north] = [
    Math.min(...lons),
    Math.max(...lons),
    Math.min(...lats),
    Math.max(...lats),
  ]
  const air = Math.max(0, 0.2 - (east - west)) / 2
  return [
    [west - air, south - air / 2],
    [east + air, north + air / 2],
  ]
}
