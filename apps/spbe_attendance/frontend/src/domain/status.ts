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
  return status.startsWith('Menunggu') || status === 'Diajukan' || status === 'Disetujui Rekan'
}

// The app's own tints: WCAG AA at the size of a badge, in both colour schemes.
const INK: Record<Tone, string> = {
  green: '!text-ok !bg-ok-tint',
  orange: '!text-warn !bg-warn-tint',
  red: '!text-error !bg-error-tint',
  blue: '!text-accent !bg-tint-strong',
  gray: '!text-body !bg-idle',
}

export function inkOf(tone: Tone): string {
  return INK[tone]
}

export function verdictTone(verdict: PutusanLokasi | null): Tone {
  if (verdict === 'Dalam') return 'green'
  if (verdict === 'Luar') return 'red'
  return verdict === 'Ragu' ? 'orange' : 'gray'
}
