import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from '@/data/http'
import { login } from '@/data/session'

let server: Server
let events: string[]

beforeEach(async () => {
  events = []
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('.').pop()?.replace('/api/method/', '') ?? ''
    request.resume()
    const answer = () => {
      events.push(`${path} answered`)
      const body = { message: { user: 'Guest', csrf_token: 'kunci', pegawai: null } }
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    }
    if (path === 'hari_ini') setTimeout(answer, 200)
    else answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ;(window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/absen`,
  )
})

afterEach(() => new Promise((resolve) => server.close(resolve)))

describe('a log-in', () => {
  it('waits for what was asked before it: that answer would set the cookie of a guest', async () => {
    const before = call('spbe_attendance.api.absensi.hari_ini')
    await login('198001012010011001', 'rahasia')
    await before
    expect(events.indexOf('hari_ini answered')).toBeGreaterThanOrEqual(0)
    expect(events.indexOf('login answered')).toBeGreaterThan(events.indexOf('hari_ini answered'))
  })
})
