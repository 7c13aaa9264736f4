/** The browser's push service gave this browser another address: told to the server, so that news still comes. */
import { fromBase64url } from '@/evidence/bytes'
import type { PengaturanKabar } from '@/types/persetujuan'
import { forgetEndpoint, keepEndpoint, keptEndpoint } from './pushEndpoint'
import { exchange, type SessionAnswer } from './wire'

const API = 'spbe_attendance.api'

/**
 * `old`: what the browser says was there; without it, what was kept at the subscription. Runs in the service worker, and in the page
 * for a change that nobody could be told of. Never throws; what did not reach the server is tried again at the next opening.
 */
export async function renewPush(manager: PushManager, old: PushSubscription | null = null): Promise<void> {
  try {
    const before = old?.endpoint ?? (await keptEndpoint())
    const present = await manager.getSubscription()
    if (!before || present?.endpoint === before) return
    // Kept also when the browser named it: the answer may be lost on its way.
    await keepEndpoint(before)
    await moveTo(manager, present, before)
  } catch (error) {
    console.warn('The push subscription could not be renewed:', error)
  }
}

async function moveTo(manager: PushManager, present: PushSubscription | null, before: string): Promise<void> {
  const info = await exchange<SessionAnswer>(`${API}.sesi.info`, {}, null)
  if (info.kind !== 'ok') return
  const { user, csrf_token: csrf } = info.message
  // Nobody is logged in: nobody is to be told anything here.
  if (user === 'Guest') return end(present)
  const fresh = present ?? (await subscribe(manager))
  if (!fresh) return
  const { endpoint, keys } = fresh.toJSON()
  const json = { lama: before, endpoint, ...keys }
  const answer = await exchange<PengaturanKabar>(`${API}.push.ganti`, { method: 'POST', json }, csrf)
  if (answer.kind === 'ok' && answer.message.langganan) await keepEndpoint(fresh.endpoint)
  // The account that subscribed is not the one that is here.
  else if (answer.kind === 'ok') await end(fresh)
}

async function subscribe(manager: PushManager): Promise<PushSubscription | null> {
  const answer = await exchange<{ kunci: string }>(`${API}.push.kunci_publik`, {}, null)
  if (answer.kind !== 'ok') return null
  return manager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64url(answer.message.kunci),
  })
}

async function end(subscription: PushSubscription | null): Promise<void> {
  await forgetEndpoint()
  await subscription?.unsubscribe()
}
