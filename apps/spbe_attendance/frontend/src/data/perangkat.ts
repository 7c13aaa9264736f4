/** The person's own phones. */
import type { Ponsel } from '@/types/saksi'
import { call } from './http'
import { storeIfThere } from './queue/store'
import { session } from './session'

export const WAITING = 'Menunggu Saksi'
const FIELDS: Array<keyof Ponsel> = ['name', 'nama_perangkat', 'terdaftar', 'status', 'sidik_kunci']

/** Latest first. A head's rights reach farther than the own phones: only those are asked for. */
export function fetchPhones(): Promise<Ponsel[]> {
  return call<Ponsel[]>('frappe.client.get_list', {
    query: {
      doctype: 'Perangkat',
      filters: JSON.stringify({ pegawai: session.pegawai }),
      fields: JSON.stringify(FIELDS),
      order_by: 'terdaftar desc',
      limit_page_length: '50',
    },
  })
}

/** Thumbprint of the key that this phone holds for the person; empty where there is none. */
export async function ownThumbprint(): Promise<string> {
  const db = await storeIfThere().catch(() => null)
  return (await db?.get('people', session.pegawai))?.thumbprint ?? ''
}

/** Number and PIN are those of a colleague of the same OPD. Raises ServerError or NetworkError. */
export function confirmPhone(sidikKunci: string, nomor: string, pin: string): Promise<{ status: string }> {
  const json = { sidik_kunci: sidikKunci, nomor, pin }
  return call('spbe_attendance.api.perangkat.saksikan', { method: 'POST', json })
}

/** Whether this phone signs nothing until a colleague has confirmed it. Never throws. */
export async function thisPhoneWaits(): Promise<boolean> {
  try {
    const [phones, mine] = await Promise.all([fetchPhones(), ownThumbprint()])
    return phones.some((phone) => phone.sidik_kunci === mine && phone.status === WAITING)
  } catch {
    return false
  }
}
