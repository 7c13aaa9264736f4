/// <reference lib="webworker" />
// The service worker of /absen: keeps the program, never an answer of the server; sends what waits.
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'
import { drain } from '@/data/queue/drain'
import { speakAsRemembered } from '@/data/queue/people'
import { listenForPush } from '@/sw/push'

declare const self: ServiceWorkerGlobalScope

const SHELL_URL = '/absen'
const SHELL_PREFIX = 'absen-shell-'
const files = self.__WB_MANIFEST as Array<{ url: string; revision: string | null }>

/** The page belongs to exactly these files: a cache of its own per build, so that they never mix. */
const shellCache = SHELL_PREFIX + fingerprint(files.map((file) => file.url + (file.revision ?? '')).join('|'))

precacheAndRoute(files)
cleanupOutdatedCaches()
listenForPush(self)

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys()
      await Promise.all(
        names
          .filter((name) => name.startsWith(SHELL_PREFIX) && name !== shellCache)
          .map((name) => caches.delete(name)),
      )
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})

/** Background Sync: there is a network again, and no page may be open. Raises when the browser should try once more. */
self.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string }
  if (tag === 'absen-antrean') waitUntil.call(event, sendWaiting())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.mode !== 'navigate') return
  const { origin, pathname } = new URL(request.url)
  if (origin !== self.location.origin || !(pathname === SHELL_URL || pathname.startsWith(`${SHELL_URL}/`)))
    return
  event.respondWith(shell(request))
})

/** The kept page, at once and without a network; it carries nothing personal and fits the kept files. */
async function shell(request: Request): Promise<Response> {
  const kept = await (await caches.open(shellCache)).match(SHELL_URL)
  return kept ?? fetch(request)
}

async function keepShell(): Promise<void> {
  const answer = await fetch(SHELL_URL, { cache: 'no-store', credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) throw new Error(`The page of the app answers ${answer.status}.`)
  await (await caches.open(shellCache)).put(SHELL_URL, answer)
}

async function sendWaiting(): Promise<void> {
  await speakAsRemembered()
  // The browser calls when there is a network again: our own patience was for want of one.
  const result = await drain(true)
  // Null: a page is at it.
  if (result && (!result.reached || result.next !== null)) throw new Error('Something still waits.')
}

function fingerprint(text: string): string {
  let hash = 5381
  for (let index = 0; index < text.length; index += 1) hash = ((hash * 33) ^ text.charCodeAt(index)) >>> 0
  return hash.toString(36)
}
