import { ref, shallowRef, watch, type Ref } from 'vue'
import { fetchPeople } from '@/data/command/details'
import { sentenceOf } from '@/data/http'
import type { Person, State } from '@/types/pemantauan'

export interface Wish {
  tanggal: string
  opd: string
  keadaan: State | ''
}

/** Milliseconds between two lists of names while numbers change. */
const CALM_MS = 10_000

/** Names page by page. While the first page is shown it follows the numbers, at most every ten seconds. */
export function usePeople(wish: Ref<Wish>, words: Ref<string>, version: () => number) {
  const rows = shallowRef<Person[]>([])
  const total = ref(0)
  const loading = ref(false)
  const fault = ref('')
  let asked = 0
  let answered = 0

  /** Anew from the first, or the next page. */
  async function load(anew: boolean): Promise<void> {
    const mine = ++asked
    loading.value = true
    fault.value = ''
    try {
      const { keadaan, ...where } = wish.value
      const page = await fetchPeople(where, keadaan, words.value.trim(), anew ? 0 : rows.value.length)
      if (mine !== asked) return
      rows.value = anew ? page.orang : [...rows.value, ...page.orang]
      total.value = page.jumlah
      answered = performance.now()
    } catch (error) {
      if (mine === asked) fault.value = sentenceOf(error)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  watch([() => JSON.stringify(wish.value), words], () => void load(true), { immediate: true })
  watch(version, () => {
    if (!loading.value && rows.value.length <= 50 && performance.now() - answered > CALM_MS) void load(true)
  })
  return { rows, total, loading, fault, load }
}
