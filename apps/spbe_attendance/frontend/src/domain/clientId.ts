import { v7 } from 'uuid'

/**
 * The id under which something is sent, as often as it takes: a UUID of version 7, lower case. It begins with the time, so that the
 * server's key in a table of millions grows at its end; the rest is chance, from what every browser has, over plain http as well.
 */
export function clientId(): string {
  return v7()
}
