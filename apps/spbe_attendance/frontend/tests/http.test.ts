import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { speak } from '@/data/wire'
import { call, connectSession, NetworkError, ServerError, setCsrfToken } from '@/data/http'

interface Seen {
  url: string
  body: string
  token: string | undefined
}

let server: Server
let seen: Seen[]
let answers: Array<{ status: number; body: string }>

beforeEach(async () => {
  seen = []
  answers = []
  server = createServer((request, response) => {
    const now: Seen = {
      url: request.url ?? '',
      body: '',
      token: request.headers['x-frappe-csrf-token'] as string | undefined,
    }
    seen.push(now)
    request.on('data', (part: Buffer) => (now.body += part.toString()))
    const next = answers.shift() ?? { status: 200, body: '{"message":"ok"}' }
    response.writeHead(next.status, { 'Content-Type': 'application/json' }).end(next.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ;(window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/absen`,
  )
  setCsrfToken('lama')
  connectSession(
    async () => setCsrfToken('baru'),
    () => undefined,
  )
})

afterEach(() => new Promise((resolve) => server.close(resolve)))

describe('a call', () => {
  it('gives the message of the answer and sends the query', async () => {
    expect(await call('a.b', { query: { bulan: '2026-11' } })).toBe('ok')
    expect(seen[0]?.url).toBe('/api/method/a.b?bulan=2026-11')
  })

  it('fetches a refused token anew and tries once more', async () => {
    answers.push({ status: 400, body: '{"exc_type":"CSRFTokenError"}' })
    expect(await call('a.b', { method: 'POST', json: {} })).toBe('ok')
    expect(seen.map(({ token }) => token)).toEqual(['lama', 'baru'])
  })

  it('does not try a third time', async () => {
    answers.push(
      { status: 400, body: '{"exc_type":"CSRFTokenError"}' },
      { status: 400, body: '{"exc_type":"CSRFTokenError"}' },
    )
    await expect(call('a.b', { method: 'POST', json: {} })).rejects.toBeInstanceOf(ServerError)
    expect(seen).toHaveLength(2)
  })

  it('says the sentence of the server', async () => {
    const messages = JSON.stringify([JSON.stringify({ message: 'Di luar area.' })])
    answers.push({
      status: 417,
      body: JSON.stringify({ exc_type: 'DiLuarLokasi', _server_messages: messages }),
    })
    await expect(call('a.b')).rejects.toMatchObject({
      excType: 'DiLuarLokasi',
      message: 'Di luar area.',
      status: 417,
    })
  })

  it('takes a gateway error as no answer', async () => {
    answers.push({ status: 502, body: '<html>' })
    await expect(call('a.b')).rejects.toBeInstanceOf(NetworkError)
  })

  it('takes a busy server as a reason to try again, in its words', async () => {
    const messages = JSON.stringify([JSON.stringify({ message: 'Sistem sedang sibuk.' })])
    answers.push({
      status: 503,
      body: JSON.stringify({ exc_type: 'SistemSibuk', _server_messages: messages }),
    })
    const error = await call('a.b').catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ message: 'Sistem sedang sibuk.' })
  })

  it('tells the session of a 403', async () => {
    const refused = vi.fn()
    connectSession(async () => undefined, refused)
    answers.push({ status: 403, body: '{"exc_type":"PermissionError"}' })
    await expect(call('a.b')).rejects.toBeInstanceOf(ServerError)
    expect(refused).toHaveBeenCalledOnce()
  })

  it('asks for refusals in the language of the screen, where the framework reads it', async () => {
    speak('en')
    await call('a.b', { query: { bulan: '2026-11' } })
    await call('a.b', { method: 'POST', json: { nama: ['x'] } })
    await call('a.b', { method: 'POST', form: new FormData() })
    speak('id')
    await call('a.b', { method: 'POST', json: { nama: ['x'] } })
    expect(seen.map(({ url }) => url.split('?')[1] ?? '')).toEqual([
      'bulan=2026-11&_lang=en',
      '',
      '_lang=en',
      '',
    ])
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({ nama: ['x'], _lang: 'en' })
    expect(JSON.parse(seen[3]?.body ?? '')).toEqual({ nama: ['x'] })
  })
})
