/** The person's own phones. */
import type { Ponsel } from '@/types/saksi'
import { call } from './http'
import { storeIfThere } from './queue/store'
import { session } from './session'

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
