import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { download } from '@/data/command/details'
import { fetchSummary } from '@/data/command/summary'
import { NetworkError, ServerError } from '@/data/http'
import { summary } from './commandWorld'

const asked: Array<{ url: string; headers: Record<string, string> }> = []
let answers: Response[] = []

beforeEach(() => {
  asked.length = 0
  vi.stubGlobal('fetch', async (url: string, options: { headers: Record<string, string> }) => {
    asked.push({ url, headers: options.headers })
    const next = answers.shift()
    if (!next) throw new TypeError('no network')
    return next
  })
})
afterEach(() => vi.unstubAllGlobals())

const good = (etag: string, versi: number) =>
  new Response(JSON.stringify({ message: summary({ versi }) }), { headers: { ETag: etag } })
const same = () => new Response(null, { status: 304 })

describe('the summary', () => {
  it('is asked for by its ETag, and an unchanged one is the one that is known', async () => {
    answers = [good('"a"', 3), same()]
    const first = await fetchSummary({ tanggal: '', opd: 'DINKES' })
    const again = await fetchSummary({ tanggal: '', opd: 'DINKES' })
    expect(again).toBe(first)
    expect(asked.map(({ headers }) => headers['If-None-Match'])).toEqual([undefined, '"a"'])
  })
  it('of another unit is never compared with this one', async () => {
    answers = [good('"b"', 3), good('"c"', 4)]
    await fetchSummary({ tanggal: '', opd: 'DINKES' })
    await fetchSummary({ tanggal: '2026-11-24', opd: 'DINKES' })
    expect(asked[1]!.headers['If-None-Match']).toBeUndefined()
    expect(new URL(asked[1]!.url).search).toBe('?tanggal=2026-11-24&opd=DINKES')
  })
  it('that is refused says why; a silent server is told apart from a refusal', async () => {
    const words = JSON.stringify([JSON.stringify({ message: 'Bukan wewenang Anda.' })])
    answers = [
      new Response(JSON.stringify({ exc_type: 'PermissionError', _server_messages: words }), { status: 403 }),
      new Response('<html>', { status: 502 }),
    ]
    const refusal = await fetchSummary({ tanggal: '', opd: 'X' }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ServerError)
    expect(refusal).toMatchObject({ status: 403, message: 'Bukan wewenang Anda.' })
    for (let tries = 0; tries < 2; tries += 1)
      await expect(fetchSummary({ tanggal: '', opd: 'X' })).rejects.toBeInstanceOf(NetworkError)
  })
})

it('a refused file is no file: the reason is raised and nothing is saved', async () => {
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click')
  const words = JSON.stringify([JSON.stringify({ message: 'Data belum lengkap: 2 unit senyap.' })])
  answers = [
    new Response(JSON.stringify({ exc_type: 'DataBelumLengkap', _server_messages: words }), { status: 409 }),
  ]
  await expect(download({ tanggal: '', opd: '' }, { bentuk: 'xlsx', alpa: true })).rejects.toThrow(
    '2 unit senyap',
  )
  expect(clicked).not.toHaveBeenCalled()
  expect(asked[0]!.url).toContain('alpa=1')
})
