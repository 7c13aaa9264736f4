import { numberLabel } from './rekap'

/** A file's size as people read it: "812 KB", "3,4 MB". */
export function sizeLabel(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`
  return `${numberLabel(Math.round(bytes / 100_000) / 10)} MB`
}
