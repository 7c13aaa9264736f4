/** The rooms of summaries at the framework's realtime server: who may join one, the server decides. */
import { io, type Socket } from 'socket.io-client'
import type { Tick } from '@/types/pemantauan'
import { boot } from './boot'

const EVENT = 'spbe_ringkasan'
/** A room belongs to a document; this is its DocType. */
const DOCTYPE = 'Ringkasan OPD'
const REFUSED_MS = 30_000

export interface Listener {
  tick: (tick: Tick) => void
  /** The socket is there, and has asked to be let into the rooms. */
  joined: () => void
  lost: () => void
}

export class Rooms {
  private readonly socket: Socket
  private names: string[] = []
  private again: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly listener: Listener) {
    this.socket = io(`${boot.soket}/${boot.site}`, {
      withCredentials: true,
      reconnectionDelay: 1000,
      reconnectionDelayMax: 15_000,
      randomizationFactor: 0.5,
    })
    this.socket.on('connect', () => this.join())
    this.socket.on('disconnect', () => listener.lost())
    this.socket.on('connect_error', () => {
      listener.lost()
      // Refused by the server itself the client gives up; it may have been a restart.
      if (!this.socket.active) this.again = setTimeout(() => this.socket.connect(), REFUSED_MS)
    })
    this.socket.on(EVENT, (tick: Tick) => listener.tick(tick))
  }

  /** Leaves the rooms it was in. */
  follow(names: string[]): void {
    if (names.join('\n') === this.names.join('\n')) return
    if (this.socket.connected)
      for (const name of this.names) this.socket.emit('doc_unsubscribe', DOCTYPE, name)
    this.names = [...names]
    if (this.socket.connected) this.join()
  }

  private join(): void {
    for (const name of this.names) this.socket.emit('doc_subscribe', DOCTYPE, name)
    this.listener.joined()
  }

  get connected(): boolean {
    return this.socket.connected
  }

  close(): void {
    clearTimeout(this.again)
    this.socket.close()
  }
}
