import { describe, expect, it } from 'vitest'
import { readFault } from '@/domain/serverMessage'

const refusal = (message: string, type = 'DiLuarLokasi') => ({
  exc_type: type,
  _server_messages: JSON.stringify([JSON.stringify({ message, title: 'Pesan', raise_exception: 1 })]),
})

describe('the error envelope', () => {
  it('gives the class and the sentence of the server', () => {
    expect(readFault(refusal('Anda 250 m dari Kantor Bupati.'))).toEqual({
      excType: 'DiLuarLokasi',
      sentences: ['Anda 250 m dari Kantor Bupati.'],
    })
  })

  it('strips markup and decodes entities once', () => {
    const { sentences } = readFault(refusal('Berkas <b>rusak</b>,<br>ulangi &amp;lt;foto&gt;'))
    expect(sentences).toEqual(['Berkas rusak, ulangi &lt;foto>'])
  })

  it('keeps several sentences in order and says the same one once', () => {
    const body = {
      _server_messages: JSON.stringify(['{"message":"Satu."}', '{"message":"Dua."}', '{"message":"Satu."}']),
    }
    expect(readFault(body).sentences).toEqual(['Satu.', 'Dua.'])
  })

  it('falls back to message, then to the exception text', () => {
    expect(readFault({ message: 'Invalid login credentials' }).sentences).toEqual([
      'Invalid login credentials',
    ])
    expect(readFault({ exception: 'frappe.exceptions.CSRFTokenError: Invalid Request' }).sentences).toEqual([
      'Invalid Request',
    ])
  })

  it('never throws on what is no envelope', () => {
    for (const body of [
      null,
      undefined,
      'teks',
      7,
      [],
      { _server_messages: '{rusak' },
      { _server_messages: 5, exc_type: {} },
    ]) {
      expect(readFault(body).excType).toBe('')
    }
  })
})
