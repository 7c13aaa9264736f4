/** Exchanges of duties: what can be chosen. The server decides again. */

export interface Duty {
  tanggal: string
  /** Null on a day off. */
  shift: string | null
  jam: string | null
}

export interface SwapForm {
  tanggal: string
  rekan: string
  tanggal_rekan: string
  alasan: string
}

export type SwapFault = 'mine' | 'colleague' | 'pair' | 'his' | 'reason'

/** Dates that both have in their rosters: on no other can anything be exchanged. */
export function common(mine: Duty[], his: Duty[]): Set<string> {
  const theirs = new Set(his.map(({ tanggal }) => tanggal))
  return new Set(mine.map(({ tanggal }) => tanggal).filter((day) => theirs.has(day)))
}

/** Own duties that can be given away: never a day off; with a colleague in view only dates that both have. */
export function givable(mine: Duty[], his: Duty[] | null): Duty[] {
  const both = his ? common(mine, his) : null
  return mine.filter(({ tanggal, shift }) => shift !== null && (!both || both.has(tanggal)))
}

export function takable(mine: Duty[], his: Duty[]): Duty[] {
  const both = common(mine, his)
  return his.filter(({ tanggal }) => both.has(tanggal))
}

export function swapFaults(
  form: SwapForm,
  mine: Duty[],
  his: Duty[] | null,
): Partial<Record<keyof SwapForm, SwapFault>> {
  const faults: Partial<Record<keyof SwapForm, SwapFault>> = {}
  if (!form.tanggal) faults.tanggal = 'mine'
  else if (!givable(mine, his).some(({ tanggal }) => tanggal === form.tanggal)) faults.tanggal = 'pair'
  if (!form.rekan) faults.rekan = 'colleague'
  if (!form.tanggal_rekan) faults.tanggal_rekan = 'his'
  if (form.alasan.trim().length < 5) faults.alasan = 'reason'
  return faults
}
