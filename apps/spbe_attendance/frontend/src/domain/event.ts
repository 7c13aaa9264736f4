/** Whether an event takes punches now; by the server's clock, and the server decides again. */
import type { WallTime } from './clock'
import { twoDigits } from './clock'

export type EventState = 'soon' | 'open' | 'over' | 'cancelled'

/** `mulai` and `selesai`: HH:MM; the closing minute still counts. */
export function eventState(
  event: { status: string; mulai: string; selesai: string },
  wall: Pick<WallTime, 'hours' | 'minutes'>,
): EventState {
  if (event.status === 'Batal') return 'cancelled'
  const now = `${twoDigits(wall.hours)}:${twoDigits(wall.minutes)}`
  if (now < event.mulai) return 'soon'
  return now <= event.selesai ? 'open' : 'over'
}
