import type { PutusanLokasi, StatusAbsensi } from '@/types/api'

export type Tone = 'green' | 'orange' | 'red' | 'blue' | 'gray'

/** Colour of a status; the word is always shown beside it. */
export function statusTone(status: StatusAbsensi | string): Tone {
  switch (status) {
    case 'Sah':
    case 'Disetujui':
      return 'green'
    case 'Menunggu Persetujuan':
      return 'orange'
    case 'Ditolak':
      return 'red'
    default:
      return 'gray'
  }
}

export function verdictTone(verdict: PutusanLokasi | null): Tone {
  if (verdict === 'Dalam') return 'green'
  if (verdict === 'Luar') return 'red'
  return verdict === 'Ragu' ? 'orange' : 'gray'
}
