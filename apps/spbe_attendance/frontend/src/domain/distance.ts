import { language } from '@/i18n'

/** Words for metres, in the notation of the language. */
export function distanceLabel(metres: number): string {
  const value = Math.abs(metres)
  if (!Number.isFinite(value)) return '–'
  if (value < 1) return '< 1 m'
  if (value < 1000) return `${Math.round(value)} m`
  const digits = value < 10_000 ? 1 : 0
  return `${(value / 1000).toLocaleString(language() === 'en' ? 'en-GB' : 'id-ID', { minimumFractionDigits: digits, maximumFractionDigits: digits })} km`
}
