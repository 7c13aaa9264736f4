/** Which orders go to the server for what somebody chose. */
import type { KelompokMenunggu, Menunggu } from '@/types/persetujuan'

export type Verdict = 'approve' | 'reject' | 'fine' | 'clarify' | 'void'

/** The framework's words for each, in the order of the buttons. */
const ACTIONS: Record<Verdict, string[]> = {
  reject: ['Tolak'],
  approve: ['Setujui', 'Terima'],
  void: ['Nyatakan Tidak Sah'],
  clarify: ['Minta Klarifikasi'],
  fine: ['Wajar'],
}
export const VERDICTS = Object.keys(ACTIONS) as Verdict[]
/** The last button of a card: what is decided most of the time. */
export const USUAL: readonly Verdict[] = ['approve', 'fine']

/** As many rows as one request carries: each answer moves the progress on. */
export const ROWS_PER_REQUEST = 10

export interface Order {
  doctype: string
  aksi: string
  nama: string[]
  /** What each row's status was on the screen: a later step is not decided unseen. */
  status: Record<string, string>
}

/** The framework's word for a verdict on this row; null where it cannot be had. */
export function actionOf(row: Pick<Menunggu, 'tindakan'>, verdict: Verdict): string | null {
  return ACTIONS[verdict].find((word) => row.tindakan.includes(word)) ?? null
}

/** Verdicts that can be had of at least one of the rows. */
export function verdictsOf(rows: Array<Pick<Menunggu, 'tindakan'>>): Verdict[] {
  return VERDICTS.filter((verdict) => rows.some((row) => actionOf(row, verdict)))
}

/** One order per kind and action, in parts; rows that cannot be decided so are left out. */
export function ordersFor(rows: Menunggu[], verdict: Verdict, size = ROWS_PER_REQUEST): Order[] {
  const bundles = new Map<string, { doctype: string; aksi: string; rows: Menunggu[] }>()
  for (const row of rows) {
    const aksi = actionOf(row, verdict)
    if (!aksi) continue
    const key = `${row.doctype}|${aksi}`
    const bundle = bundles.get(key) ?? { doctype: row.doctype, aksi, rows: [] }
    bundle.rows.push(row)
    bundles.set(key, bundle)
  }
  const orders: Order[] = []
  for (const { doctype, aksi, rows: all } of bundles.values()) {
    for (let start = 0; start < all.length; start += size) {
      const part = all.slice(start, start + size)
      orders.push({
        doctype,
        aksi,
        nama: part.map(({ name }) => name),
        status: Object.fromEntries(part.map(({ name, status }) => [name, status])),
      })
    }
  }
  return orders
}

/** An answer to an appeal and everything that somebody has to accept or answer need words. */
export function needsNote(rows: Menunggu[], verdict: Verdict): boolean {
  return !USUAL.includes(verdict) || rows.some(({ doctype }) => doctype === 'Sanggah')
}

/** A group with the rows behind it; a row that moved meanwhile is there once, as it was told last. */
export function joined(group: KelompokMenunggu, further: KelompokMenunggu): KelompokMenunggu {
  const told = new Set(further.baris.map(({ name }) => name))
  return { ...further, baris: [...group.baris.filter(({ name }) => !told.has(name)), ...further.baris] }
}
