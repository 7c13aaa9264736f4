/** Tells every page and the worker of this phone that the queue has changed. */

type Listener = () => void

const NAME = 'absen-antrean'
const listeners = new Set<Listener>()
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null
channel?.addEventListener('message', () => tell())

export function onChange(listener: Listener): void {
  listeners.add(listener)
}

export function changed(): void {
  tell()
  channel?.postMessage('changed')
}

function tell(): void {
  for (const listener of listeners) listener()
}
