/// <reference lib="webworker" />
/** News while the app is closed, and the way from it to its page. */
import { renewPush } from '@/data/pushRenewal'
import { pageOf, readPush } from '@/domain/pushMessage'

export function listenForPush(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    const { title, body, url, tag } = readPush(event.data?.text() ?? null)
    const icon = '/assets/spbe_attendance/images/spbe-absensi.svg'
    event.waitUntil(
      worker.registration.showNotification(title, { body, tag, icon, lang: 'id', data: { url } }),
    )
  })
  // Some browsers say what was there before, some do not, and some never call: the page looks, too.
  worker.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription = null, waitUntil } = event as ExtendableEvent & {
      oldSubscription?: PushSubscription | null
    }
    waitUntil.call(event, renewPush(worker.registration.pushManager, oldSubscription))
  })
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    const { url } = (event.notification.data ?? {}) as { url?: unknown }
    event.waitUntil(open(worker, pageOf(url)))
  })
}

/** A window that is open shows the page itself: loading it anew could cost what somebody is about to send. */
async function open(worker: ServiceWorkerGlobalScope, url: string): Promise<void> {
  const [shown] = await worker.clients.matchAll({ type: 'window' })
  if (!shown) {
    await worker.clients.openWindow(url)
    return
  }
  await shown.focus().catch(() => undefined)
  shown.postMessage({ type: 'OPEN', url })
}
