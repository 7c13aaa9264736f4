import type { PutusanLokasi, StatusAbsensi } from '@/types/api'

export type Tone = 'green' | 'orange' | 'red' | 'blue' | 'gray'

/** Colour of a status; the word is always shown beside it. */
export function statusTone(status: StatusAbsensi | string): Tone {
  switch (status) {
    case 'Sah':
    case 'Disetujui':
    case 'Diterima':
      return 'green'
    case 'Ditolak':
      return 'red'
    default:
      return isWaiting(status) ? 'orange' : 'gray'
  }
}

/** Somebody has still to decide. */
export function isWaiting(status: string): boolean {
  return status.startsWith('Menunggu') || status === 'Diajukan'
}

// frappe-ui's tints with darker words: WCAG AA at the size of a badge.
const INK: Record<Tone, string> = {
  green: '!text-[#14532d] !bg-[#dcf5e4]',
  orange: '!text-[#713f12] !bg-[#fdf0cd]',
  red: '!text-[#8c1d18] !bg-[#fce4e2]',
  blue: '!text-[#0c4450] !bg-[#d4eded]',
  gray: '!text-[#37474f] !bg-[#e6ecee]',
}

export function inkOf(tone: Tone): string {
  return INK[tone]
}

export function verdictTone(verdict: PutusanLokasi | null): Tone {
  if (verdict === 'Dalam') return 'green'
  if (verdict === 'Luar') return 'red'
  return verdict === 'Ragu' ? 'orange' : 'gray'
}
