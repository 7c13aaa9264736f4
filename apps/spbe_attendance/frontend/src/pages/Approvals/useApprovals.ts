import { useDocumentVisibility } from '@vueuse/core'
import { computed, onMounted, reactive, ref, watch } from 'vue'
import { UNDO_SECONDS, useUndo } from '@/composables/useUndo'
import { form } from '@/data/form'
import { ServerError, sentenceOf } from '@/data/http'
import { fetchApprovals, fetchFurther, sendOrder } from '@/data/persetujuan'
import { actionOf, joined, ordersFor, type Verdict } from '@/domain/approvals'
import { s } from '@/i18n/persetujuan'
import type { KelompokMenunggu, Menunggu } from '@/types/persetujuan'

export function useApprovals() {
  const visibility = useDocumentVisibility()
  const loaded = ref<KelompokMenunggu[] | null>(null)
  /** `further`: the kind of which more is being fetched. */
  const state = reactive({ loading: false, fault: '', further: '' })
  const progress = reactive({ done: 0, total: 0 })
  const chosen = reactive(new Set<string>())
  /** Decided here; at the server only when the time to undo is over. */
  const leaving = reactive(new Set<string>())
  /** Why the server did not take a decision, by row. */
  const refused = reactive(new Map<string, string>())
  let offered: Menunggu[] = []

  const undo = useUndo(() => void load())

  const groups = computed(() =>
    (loaded.value ?? [])
      .map((group) => {
        const rows = group.baris.filter(({ name }) => !leaving.has(name))
        const gone = group.baris.length - rows.length
        return { doctype: group.doctype, count: group.jumlah - gone, rows, more: group.lanjut !== null }
      })
      .filter(({ count }) => count > 0),
  )
  const count = computed(() => groups.value.reduce((sum, group) => sum + group.count, 0))
  const selection = computed(() =>
    groups.value.flatMap(({ rows }) => rows).filter(({ name }) => chosen.has(name)),
  )

  async function load(): Promise<void> {
    state.loading = true
    try {
      const [told] = await Promise.all([fetchApprovals(), form.data ? null : form.load()])
      loaded.value = await Promise.all(told.kelompok.map(asFarAsBefore))
      state.fault = ''
    } catch (error) {
      state.fault = sentenceOf(error)
    } finally {
      state.loading = false
    }
  }

  /** Who had asked for more keeps the place in the list. */
  async function asFarAsBefore(group: KelompokMenunggu): Promise<KelompokMenunggu> {
    const before = loaded.value?.find(({ doctype }) => doctype === group.doctype)?.baris.length ?? 0
    let next = group
    while (next.lanjut && next.baris.length < before) next = joined(next, await fetchFurther(next))
    return next
  }

  /** More of one kind: the name of the first new row; null where there is none, or the server could not be asked. */
  async function more(doctype: string): Promise<string | null> {
    const group = loaded.value?.find((one) => one.doctype === doctype)
    if (!group?.lanjut || state.further) return null
    state.further = doctype
    try {
      const found = await fetchFurther(group)
      loaded.value = (loaded.value ?? []).map((one) => (one.doctype === doctype ? joined(one, found) : one))
      state.fault = ''
      return found.baris[0]?.name ?? null
    } catch (error) {
      state.fault = sentenceOf(error)
      return null
    } finally {
      state.further = ''
    }
  }

  /** Leaves the list now; sent when the time to undo is over. */
  function decide(rows: Menunggu[], verdict: Verdict, note: string): void {
    const decided = rows.filter((row) => actionOf(row, verdict))
    for (const { name } of decided) {
      leaving.add(name)
      chosen.delete(name)
      refused.delete(name)
    }
    undo.offer({
      soon: s.soon[verdict](decided.length, UNDO_SECONDS),
      done: s.done[verdict],
      run: () => send(decided, verdict, note),
    })
    offered = decided
  }

  async function send(rows: Menunggu[], verdict: Verdict, note: string): Promise<void> {
    Object.assign(progress, { done: 0, total: rows.length })
    let bad = 0
    try {
      for (const order of ordersFor(rows, verdict)) {
        for (const { name, berhasil, penjelasan } of await sendOrder(order, note)) {
          if (!berhasil) refused.set(name, penjelasan)
          bad += Number(!berhasil)
          progress.done += 1
        }
      }
      // What was decided is not shown again while the list is fetched anew.
      if (!bad) await load()
    } finally {
      progress.total = 0
      for (const { name } of rows) leaving.delete(name)
    }
    if (bad) throw new ServerError(409, '', s.partly(rows.length - bad, bad))
  }

  function takeBack(): void {
    undo.undo(s.undone)
    for (const { name } of offered) leaving.delete(name)
  }

  function toggle(names: string[], on: boolean): void {
    for (const name of names) {
      if (on) chosen.add(name)
      else chosen.delete(name)
    }
  }

  onMounted(load)
  watch(visibility, (now) => now === 'visible' && void load())

  return {
    state,
    loaded,
    groups,
    count,
    chosen,
    selection,
    refused,
    progress,
    undo,
    load,
    more,
    decide,
    takeBack,
    toggle,
  }
}
