import { onMounted, ref, shallowRef } from 'vue'
import { boot } from '@/data/command/boot'
import { fetchBase } from '@/data/command/details'

const SHIPPED = '/assets/spbe_attendance/maps/coast.json'

export type BaseKind = 'shipped' | 'own' | 'failed'

/** The coast to draw below the places: the regency's own file, or the one that comes with the app. */
export function useBase() {
  const base = shallowRef<GeoJSON.FeatureCollection | null>(null)
  const kind = ref<BaseKind>('shipped')

  onMounted(async () => {
    if (boot.peta_dasar) {
      try {
        base.value = await fetchBase(boot.peta_dasar)
        kind.value = 'own'
        return
      } catch {
        kind.value = 'failed'
      }
    }
    try {
      base.value = await fetchBase(SHIPPED)
    } catch {
      // The circles stand without land below them.
      base.value = null
    }
  })
  return { base, kind }
}
