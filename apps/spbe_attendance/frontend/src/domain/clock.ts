/** The server's clock, carried on by a monotonic counter: the device's own clock plays no part. */
export interface ServerClock {
  /** Milliseconds since 1970 at `mark`. */
  epoch: number
  /** Reading of the monotonic counter when the server's time arrived. */
  mark: number
  /** Offset of the site's time zone in minutes. */
  offset: number
}

export interface WallTime {
  /** YYYY-MM-DD */
  date: string
  hours: number
  minutes: number
  seconds: number
}

/** From an ISO 8601 time with offset; null when it is none. */
export function readClock(iso: string, mark: number): ServerClock | null {
  const zone = /(Z|([+-])(\d\d):?(\d\d))$/.exec(iso)
  const epoch = Date.parse(iso)
  if (!zone || Number.isNaN(epoch)) return null
  const minutes = zone[1] === 'Z' ? 0 : Number(zone[3]) * 60 + Number(zone[4])
  return { epoch, mark, offset: zone[2] === '-' ? -minutes : minutes }
}

export function wallTime(clock: ServerClock, counter: number): WallTime {
  const moment = new Date(clock.epoch + (counter - clock.mark) + clock.offset * 60_000)
  return {
    date: moment.toISOString().slice(0, 10),
    hours: moment.getUTCHours(),
    minutes: moment.getUTCMinutes(),
    seconds: moment.getUTCSeconds(),
  }
}

/** Time zone names of Indonesia. */
export function zoneName(offset: number): string {
  return { 420: 'WIB', 480: 'WITA', 540: 'WIT' }[offset] ?? ''
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** `HH:MM` of a site time such as `2026-11-24 07:25:11.5`; empty when it is none. */
export function clockOf(siteTime: string | null | undefined): string {
  return /[ T](\d\d:\d\d)/.exec(siteTime ?? '')?.[1] ?? ''
}

/** ISO 8601 with the device's own offset: evidence for the server, nothing more. */
export function deviceTime(now: Date): string {
  const offset = -now.getTimezoneOffset()
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}

/** `07.25` of a moment, in a zone that far from UTC (minutes). */
export function momentLabel(epoch: number, offset: number): string {
  const moment = new Date(epoch + offset * 60_000)
  return `${twoDigits(moment.getUTCHours())}.${twoDigits(moment.getUTCMinutes())}`
}
