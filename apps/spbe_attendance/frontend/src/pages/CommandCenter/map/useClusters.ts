import Supercluster from 'supercluster'
import { computed, type Ref } from 'vue'
import { drawable, radius, strength, together, type Strength } from '@/domain/command/places'
import type { Place } from '@/types/pemantauan'

/** A circle on the map: one place, or several that would lie on each other. */
export interface Mark extends Strength {
  key: string
  lon: number
  lat: number
  radius: number
  share: number | null
  /** One: its name; several: null. */
  place: Place | null
  count: number
}

const PIXELS = 512
/** Closer than this (pixels) they would cover each other. */
const APART = 44

/** `scale`: pixels per degree on the screen. The index works in powers of two of the whole world. */
export function useClusters(places: Ref<readonly Place[]>, scale: Ref<number>) {
  const index = computed(() => {
    const clusters = new Supercluster<{ place: Place }>({ radius: APART, extent: PIXELS, maxZoom: 20 })
    return clusters.load(
      drawable(places.value).map((place) => ({
        type: 'Feature',
        properties: { place },
        geometry: { type: 'Point', coordinates: [place.longitude, place.latitude] },
      })),
    )
  })
  return computed<Mark[]>(() => {
    const zoom = Math.max(0, Math.min(20, Math.floor(Math.log2((scale.value * 360) / PIXELS))))
    return index.value.getClusters([-180, -85, 180, 85], zoom).map((feature) => {
      const [lon, lat] = feature.geometry.coordinates as [number, number]
      const inside =
        'cluster' in feature.properties && feature.properties.cluster
          ? index.value
              .getLeaves(feature.properties.cluster_id, Infinity)
              .map((leaf) => leaf.properties.place)
          : [(feature.properties as { place: Place }).place]
      const sum = together(inside)
      return {
        ...sum,
        key: inside
          .map(({ name }) => name)
          .sort()
          .join(' '),
        lon,
        lat,
        radius: radius(sum),
        share: strength(sum),
        place: inside.length === 1 ? inside[0]! : null,
        count: inside.length,
      }
    })
  })
}
