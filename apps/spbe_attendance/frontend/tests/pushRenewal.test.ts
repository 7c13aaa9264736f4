import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetEndpoint, keepEndpoint, keptEndpoint } from '@/data/pushEndpoint'
import { renewPush } from '@/data/pushRenewal'

const OLD = 'https://push.example/lama'
const NEW = 'https://push.example/baru'

interface Asked {
  name: string
  json: Record<string, unknown> | null
  csrf: string | null
}
let asked: Asked[]
let answers: Record<string, unknown>

function subscription(endpoint: string) {
  const ended = vi.fn(async () => true)
  const toJSON = () => ({ endpoint, keys: { p256dh: 'k', auth: 'a' } })
  return { endpoint, unsubscribe: ended, toJSON } as unknown as PushSubscription & {
    unsubscribe: typeof ended
  }
}

function manager(present: PushSubscription | null, fresh = subscription(NEW)) {
  const subscribe = vi.fn(async () => fresh)
  return { getSubscription: async () => present, subscribe } as unknown as PushManager & {
    subscribe: typeof subscribe
  }
}

beforeEach(async () => {
  asked = []
  answers = {
    'sesi.info': { user: 'anna', csrf_token: 'c' },
    'push.kunci_publik': { kunci: 'BAAA' },
    'push.ganti': { langganan: true, pilihan: {} },
  }
  vi.stubGlobal('fetch', async (url: URL, init: RequestInit) => {
    const name = url.pathname.replace('/api/method/spbe_attendance.api.', '')
    const headers = init.headers as Record<string, string>
    const json = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : null
    asked.push({ name, json, csrf: headers['X-Frappe-CSRF-Token'] ?? null })
    if (answers[name] === undefined) throw new TypeError('no network')
    return new Response(JSON.stringify({ message: answers[name] }))
  })
  await keepEndpoint(OLD)
})

const sent = () => asked.filter(({ name }) => name === 'push.ganti')

describe('a browser with another push address', () => {
  it('subscribes again and tells the server which one it was', async () => {
    const own = manager(null)
    await renewPush(own)
    expect(own.subscribe).toHaveBeenCalledOnce()
    expect(sent()).toEqual([
      { name: 'push.ganti', json: { lama: OLD, endpoint: NEW, p256dh: 'k', auth: 'a' }, csrf: 'c' },
    ])
    expect(await keptEndpoint()).toBe(NEW)
  })

  it('uses what the browser has subscribed itself, and the old one that it names', async () => {
    await forgetEndpoint()
    const own = manager(subscription(NEW))
    await renewPush(own, subscription(OLD))
    expect(own.subscribe).not.toHaveBeenCalled()
    expect(sent()[0]?.json).toMatchObject({ lama: OLD, endpoint: NEW })
  })

  it('is left alone when nothing changed or nothing was ever switched on', async () => {
    await renewPush(manager(subscription(OLD)))
    await forgetEndpoint()
    await renewPush(manager(null))
    expect(asked).toEqual([])
  })

  it('tries again later when the server did not answer', async () => {
    delete answers['push.ganti']
    await renewPush(manager(null))
    expect(await keptEndpoint()).toBe(OLD)
    answers['push.ganti'] = { langganan: true, pilihan: {} }
    await renewPush(manager(subscription(NEW)))
    expect(await keptEndpoint()).toBe(NEW)
  })

  it('is switched off when nobody or somebody else is logged in', async () => {
    const fresh = subscription(NEW)
    answers['push.ganti'] = { langganan: false, pilihan: {} }
    await renewPush(manager(null, fresh))
    expect(fresh.unsubscribe).toHaveBeenCalledOnce()
    expect(await keptEndpoint()).toBeNull()

    await keepEndpoint(OLD)
    answers['sesi.info'] = { user: 'Guest', csrf_token: null }
    const present = subscription(NEW)
    await renewPush(manager(present))
    expect(present.unsubscribe).toHaveBeenCalledOnce()
    expect([sent().length, await keptEndpoint()]).toEqual([1, null])
  })
})
