/** What this phone keeps: its own name, and nothing of a person after a log-out. */
import { databaseToKeep } from './queue/people'
import { DATABASE } from './queue/store'

/** Surveys that wait, readable by who made them when logged in again; what is in it is about places. */
const SURVEYS = 'absen-survei'
const DEVICE_KEY = 'absen.perangkat'
const LOGOUT_KEY = 'absen.keluar-tertunda'
/** Choices of the phone's owner. */
export const KEPT = {
  theme: 'absen.tampilan',
  language: 'absen.bahasa',
  install: 'absen.pasang',
} as const
/** Belong to the phone, not to a person; they outlive a log-out. */
const KEPT_KEYS: string[] = [DEVICE_KEY, LOGOUT_KEY, ...Object.values(KEPT)]

export function kept(key: (typeof KEPT)[keyof typeof KEPT]): string | null {
  return read(key)
}

export function keep(key: (typeof KEPT)[keyof typeof KEPT], value: string): void {
  write(key, value)
}

/** A random name of the phone and its kind, at most 140 characters: shared phones are recognised, nobody is blocked. */
export function deviceLabel(): string {
  let name = read(DEVICE_KEY)
  if (!name) {
    name = crypto.randomUUID()
    write(DEVICE_KEY, name)
  }
  const kind = /\(([^)]*)\)/.exec(navigator.userAgent)?.[1] ?? ''
  return `${name} ${kind}`.trim().slice(0, 140)
}

export function logoutIsPending(): boolean {
  return read(LOGOUT_KEY) === '1'
}

export function setLogoutPending(pending: boolean): void {
  if (pending) write(LOGOUT_KEY, '1')
  else localStorage.removeItem(LOGOUT_KEY)
}

/**
 * Storage, databases and caches of the person. The program's own files stay, they are the same for all, and so do
 * punches that wait, closed: only their person's log-in opens them.
 */
export async function forgetEverything(): Promise<void> {
  sessionStorage.clear()
  for (const key of Object.keys(localStorage)) if (!KEPT_KEYS.includes(key)) localStorage.removeItem(key)
  if ('caches' in window) {
    for (const name of await caches.keys()) if (!isProgram(name)) await caches.delete(name)
  }
  // On a phone where nothing can be kept there is nothing to keep.
  const kept = await databaseToKeep().catch(() => null)
  const databases = (await indexedDB.databases?.()) ?? [{ name: DATABASE }]
  for (const { name } of databases)
    if (name && name !== kept && name !== SURVEYS) indexedDB.deleteDatabase(name)
}

function isProgram(cache: string): boolean {
  return cache.startsWith('absen-shell-') || cache.startsWith('workbox-precache')
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A browser that keeps nothing still punches, under a new name each time.
  }
}
