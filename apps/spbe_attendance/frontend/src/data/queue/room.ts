/** Room on the phone: asked to last, and watched. */
import { reactive } from 'vue'
import { store } from './store'

const ENOUGH_BYTES = 20 * 1024 * 1024

export const room = reactive({ low: false })

/**
 * `full`: whether something has just found no room, or found it; some browsers estimate a quota that the phone does not have.
 * Left out: what was found last stands. Never throws.
 */
export async function lookAtRoom(full: boolean = room.low): Promise<void> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {}
  room.low = full || (quota !== undefined && usage !== undefined && quota - usage < ENOUGH_BYTES)
}

/** A browser that is short of room clears what is not marked to last. Asked for once. */
export async function askToLast(): Promise<void> {
  try {
    const db = await store()
    if (await db.get('misc', 'persist')) return
    await db.put('misc', true, 'persist')
    await navigator.storage.persist()
  } catch {
    // Without it entries still wait, only less surely.
  }
}
