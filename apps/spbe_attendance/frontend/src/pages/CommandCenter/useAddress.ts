import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readAddress, writeAddress, type Place } from '@/domain/command/address'

/** What is looked at, out of the address; every step is one that "back" takes back. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  const place = computed(() => readAddress(route.query))

  /** The address with these changes; another unit or day begins without names. */
  function linkTo(changes: Partial<Place>) {
    const moved = changes.opd !== undefined || changes.tanggal !== undefined
    return {
      name: 'command-center',
      query: writeAddress({ ...place.value, ...(moved && { keadaan: '' }), ...changes }),
    }
  }
  return {
    place,
    linkTo,
    go: (changes: Partial<Place>) => void router.push(linkTo(changes)),
    /** Without a step for "back". */
    replace: (changes: Partial<Place>) => void router.replace(linkTo(changes)),
  }
}

export type Address = ReturnType<typeof useAddress>
