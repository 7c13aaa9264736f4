/** Web push of this browser: whether it is on, what it tells, and its end at a log-out. */
import { fromBase64url } from '@/evidence/bytes'
import type { JenisKabar, PengaturanKabar } from '@/types/persetujuan'
import { deviceLabel } from './device'
import { call } from './http'
import { forgetEndpoint, keepEndpoint, keptEndpoint } from './pushEndpoint'

const API = 'spbe_attendance.api.push'

export type PushState = 'unsupported' | 'denied' | 'off' | 'on'
export interface PushSettings {
  state: PushState
  choices: Record<JenisKabar, boolean>
}

const ALL: Record<JenisKabar, boolean> = { keputusan: true, persetujuan: true, pengingat: true }

export function pushSupported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/** Raises ServerError or NetworkError. */
export async function pushSettings(): Promise<PushSettings> {
  if (!pushSupported()) return { state: 'unsupported', choices: ALL }
  if (Notification.permission === 'denied') return { state: 'denied', choices: ALL }
  const subscription = await current()
  if (!subscription) return { state: 'off', choices: ALL }
  return read(await ask('pengaturan', { endpoint: subscription.endpoint }))
}

/** Asks the person, then the browser's push service, then the server. Raises what goes wrong on the way. */
export async function turnPushOn(choices: Record<JenisKabar, boolean>): Promise<PushSettings> {
  if ((await Notification.requestPermission()) !== 'granted') return { state: 'denied', choices }
  const { kunci } = await call<{ kunci: string }>(`${API}.kunci_publik`)
  const { pushManager } = await navigator.serviceWorker.ready
  // One that was made with another key of the site would never be sent to.
  await (await pushManager.getSubscription())?.unsubscribe()
  const made = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: fromBase64url(kunci),
  })
  const { endpoint, keys } = made.toJSON()
  try {
    const told = await ask('langgan', { endpoint, ...keys, perangkat: deviceLabel(), pilihan: choices })
    await keepEndpoint(made.endpoint)
    return read(told)
  } catch (error) {
    await made.unsubscribe()
    throw error
  }
}

export async function turnPushOff(): Promise<PushSettings> {
  const subscription = await current()
  if (!subscription) return { state: 'off', choices: ALL }
  const told = await ask('berhenti', { endpoint: subscription.endpoint })
  await forgetEndpoint()
  await subscription.unsubscribe()
  return read(told)
}

export async function choosePush(choices: Record<JenisKabar, boolean>): Promise<PushSettings> {
  const subscription = await current()
  return read(await ask('pengaturan', { endpoint: subscription?.endpoint ?? '', pilihan: choices }))
}

/** Before a log-out: the next person on this phone is told nothing of this one, even when the server cannot be reached. */
export async function forgetPush(): Promise<void> {
  try {
    if (!pushSupported() || Notification.permission !== 'granted') return
    const subscription = await current()
    if (!subscription) return
    await Promise.allSettled([
      forgetEndpoint(),
      call(`${API}.berhenti`, {
        method: 'POST',
        json: { endpoint: subscription.endpoint },
        patience: 4000,
      }),
      subscription.unsubscribe(),
    ])
  } catch (error) {
    console.warn('The push subscription could not be ended:', error)
  }
}

/** Once the session is known: an address that changed while nobody could be told of it. Never throws. */
export async function lookAfterPush(): Promise<void> {
  try {
    if (!pushSupported() || Notification.permission !== 'granted' || !(await keptEndpoint())) return
    const registration = await navigator.serviceWorker.getRegistration('/absen')
    if (registration) await (await import('./pushRenewal')).renewPush(registration.pushManager)
  } catch (error) {
    console.warn('The push subscription was not looked after:', error)
  }
}

async function current(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/absen')
  return (await registration?.pushManager.getSubscription()) ?? null
}

function ask(method: string, json: Record<string, unknown>): Promise<PengaturanKabar> {
  return call<PengaturanKabar>(`${API}.${method}`, { method: 'POST', json })
}

function read({ langganan, pilihan }: PengaturanKabar): PushSettings {
  return { state: langganan ? 'on' : 'off', choices: pilihan }
}
