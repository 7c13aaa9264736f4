/** What is asked for beside the summary: places, names, files. */
import { call } from '@/data/http'
import type { People, Place, State } from '@/types/pemantauan'
import { addressOf, get, type Wanted } from './summary'

const API = 'spbe_attendance.api.pemantauan'
export const PAGE = 50

const given = (query: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as Record<string, string>

/** Raises ServerError or NetworkError, as all of these do. */
export async function fetchPlaces({ tanggal, opd }: Wanted): Promise<Place[]> {
  return (await call<{ lokasi: Place[] }>(`${API}.peta`, { query: given({ tanggal, opd }) })).lokasi
}

export function fetchPeople(
  { tanggal, opd }: Wanted,
  keadaan: State | '',
  cari: string,
  mulai: number,
): Promise<People> {
  const page = { mulai: String(mulai), panjang: String(PAGE) }
  return call<People>(`${API}.orang`, { query: { ...given({ tanggal, opd, keadaan, cari }), ...page } })
}

export interface Wish {
  bentuk: 'xlsx' | 'csv'
  /** The list of the absent, which the server refuses while data are incomplete. */
  alpa: boolean
}

/** Fetches the file and hands it to the browser. */
export async function download(wanted: Wanted, { bentuk, alpa }: Wish): Promise<void> {
  const answer = await get(addressOf('ekspor', { ...wanted, bentuk, alpa: alpa ? 1 : undefined }))
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = nameOf(answer) || `kehadiran.${bentuk}`
  link.click()
  // The browser has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

function nameOf(answer: Response): string {
  return /filename="?([^";]+)"?/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? ''
}

/** The regency's own base map. Raises when it is not there or no GeoJSON. */
export async function fetchBase(address: string): Promise<GeoJSON.FeatureCollection> {
  const base = (await (await get(address)).json()) as GeoJSON.FeatureCollection
  if (base.type !== 'FeatureCollection' || !Array.isArray(base.features)) throw new TypeError('No GeoJSON.')
  return base
}
