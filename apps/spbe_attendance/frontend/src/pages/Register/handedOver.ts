/** What passes between the pages of registration: in memory and in this tab only. */
import { shallowRef } from 'vue'
import type { StatusDaftar, TandaTerima } from '@/types/registrasi'

const RECEIPT = 'absen.daftar.tanda-terima'

export interface Returned {
  receipt: TandaTerima
  isian: NonNullable<StatusDaftar['isian']>
}

/** A registration that is to be corrected. */
export const returned = shallowRef<Returned | null>(null)

export function takeReturned(): void {
  returned.value = null
}

/** The receipt on the screen, which survives a reload; with an argument it is put there. */
export function shownReceipt(receipt?: TandaTerima): TandaTerima | null {
  if (receipt) sessionStorage.setItem(RECEIPT, JSON.stringify(receipt))
  try {
    return JSON.parse(sessionStorage.getItem(RECEIPT) ?? 'null') as TandaTerima | null
  } catch {
    return null
  }
}

export function hideReceipt(): void {
  sessionStorage.removeItem(RECEIPT)
}
