/** One at a time, over all tabs and the worker, where the browser has Web Locks; within one page everywhere. */

const held = new Set<string>()

/** Null when somebody else is at it. */
export async function ifFree<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  if (navigator.locks)
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null))
  if (held.has(name)) return null
  held.add(name)
  try {
    return await work()
  } finally {
    held.delete(name)
  }
}

/** Waits for its turn; without Web Locks the transaction alone decides. */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request(name, work) as Promise<T>) : work()
}
