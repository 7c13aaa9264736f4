import { describe, expect, it } from 'vitest'
import { pageOf, readPush } from '@/domain/pushMessage'

describe('a push message', () => {
  it('is read as the server wrote it', () => {
    const text = JSON.stringify({
      jenis: 'pengingat',
      judul: 'SPBE Absensi',
      isi: 'Jam masuk pukul 07.30',
      url: '/absen',
    })
    expect(readPush(text)).toEqual({
      title: 'SPBE Absensi',
      body: 'Jam masuk pukul 07.30',
      url: '/absen',
      tag: 'pengingat',
    })
  })
  it.each([null, '', '{', '[]', '"x"', 'null', '{"isi": 5, "judul": {}, "url": 3}'])(
    'always says something: %s',
    (text) => {
      const { title, body, url } = readPush(text)
      expect([title, body.length > 5, url]).toEqual(['SPBE Absensi', true, '/absen'])
    },
  )
  it('keeps decisions apart and lets the newest reminder stand for all', () => {
    const of = (jenis: string, isi: string) => readPush(JSON.stringify({ jenis, isi })).tag
    expect(of('keputusan', 'a')).not.toBe(of('keputusan', 'b'))
    expect(of('pengingat', 'a')).toBe(of('pengingat', 'b'))
  })
  it.each(['https://jahat.example/absen', '//jahat.example', '/app', '/absen/../app', 'javascript:alert(1)'])(
    'leads nowhere else: %s',
    (url) => expect(pageOf(url)).toBe('/absen'),
  )
  it('leads to pages of the app', () => {
    expect(pageOf('/absen/persetujuan')).toBe('/absen/persetujuan')
  })
})
