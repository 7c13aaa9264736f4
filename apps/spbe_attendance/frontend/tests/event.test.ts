import { describe, expect, it } from 'vitest'
import { eventState } from '@/domain/event'

const event = { status: 'Rencana', mulai: '07:15', selesai: '07:45' }
const at = (text: string) => {
  const [hours, minutes] = text.split(':').map(Number) as [number, number]
  return { hours, minutes }
}

describe('an event', () => {
  it('takes punches from its first minute to its last, both included', () => {
    const states = ['00:00', '07:14', '07:15', '07:45', '07:46', '23:59'].map((now) =>
      eventState(event, at(now)),
    )
    expect(states).toEqual(['soon', 'soon', 'open', 'open', 'over', 'over'])
  })
  it('takes none when it is cancelled, whatever the time', () => {
    const states = ['06:00', '07:30', '09:00'].map((now) =>
      eventState({ ...event, status: 'Batal' }, at(now)),
    )
    expect(states).toEqual(['cancelled', 'cancelled', 'cancelled'])
  })
})
