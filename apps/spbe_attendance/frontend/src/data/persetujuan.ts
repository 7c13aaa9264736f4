/** What waits for this person's decision: the list, the badge, and deciding. */
import { reactive, readonly } from 'vue'
import type { Order } from '@/domain/approvals'
import type {
  DaftarPersetujuan,
  HasilPutusan,
  JumlahPersetujuan,
  KelompokMenunggu,
} from '@/types/persetujuan'
import { call } from './http'
import { session } from './session'

const API = 'spbe_attendance.api.persetujuan'
const STAFF_KEY = 'absen.bukan-pemutus'
/** Most of the staff decide nothing: they are asked about once a day, and not all in the minute in which all punch. */
const SPREAD_MS = 60_000

const state = reactive({ count: 0, decides: false })
export const approvals = readonly(state)

function keep(told: JumlahPersetujuan): void {
  Object.assign(state, { count: told.semua, decides: told.pemutus || told.semua > 0 })
  if (state.decides) localStorage.removeItem(STAFF_KEY)
  else localStorage.setItem(STAFF_KEY, mark())
}

function mark(): string {
  return `${session.pegawai} ${new Date().toDateString()}`
}

export async function fetchApprovals(): Promise<DaftarPersetujuan> {
  const told = await call<DaftarPersetujuan>(`${API}.daftar`)
  keep(told)
  return told
}

/** The rows behind those of the group. */
export function fetchFurther({ doctype, lanjut }: KelompokMenunggu): Promise<KelompokMenunggu> {
  return call<KelompokMenunggu>(`${API}.lanjutan`, { query: { doctype, sesudah: lanjut ?? '' } })
}

export async function refreshCount(): Promise<void> {
  // A badge that cannot be had is left as it is.
  await call<JumlahPersetujuan>(`${API}.jumlah`).then(keep, () => undefined)
}

let timer: ReturnType<typeof setTimeout> | undefined

/** Looks now for those who are known to decide; else later, spread over a minute, and once a day. */
export function watchApprovals(): void {
  clearTimeout(timer)
  if (session.state !== 'user' || session.kios !== null || !navigator.onLine) return
  if (state.decides) void refreshCount()
  else if (localStorage.getItem(STAFF_KEY) !== mark())
    timer = setTimeout(() => void refreshCount(), firstLook())
}

/** Straight away outside of the rush; an account without a person never punches. */
function firstLook(): number {
  return session.isStaff ? Math.random() * SPREAD_MS : 0
}

export async function sendOrder(order: Order, catatan: string): Promise<HasilPutusan[]> {
  const json = { ...order, catatan: catatan || null }
  const told = await call<{ hasil: HasilPutusan[] }>(`${API}.putuskan`, {
    method: 'POST',
    json,
    patience: 60_000,
  })
  return told.hasil
}
