import { describe, expect, it } from 'vitest'
import { actionOf, joined, needsNote, ordersFor, ROWS_PER_REQUEST, verdictsOf } from '@/domain/approvals'
import type { Verdict } from '@/domain/approvals'
import type { Menunggu } from '@/types/persetujuan'

function row(name: string, doctype = 'Absensi', tindakan = ['Setujui', 'Tolak']): Menunggu {
  return { name, doctype, tindakan, status: 'Menunggu Persetujuan' } as Menunggu
}

describe('orders', () => {
  it('are one per kind and action, in parts', () => {
    const rows = [
      ...Array.from({ length: ROWS_PER_REQUEST + 1 }, (_, at) => row(`a${at}`)),
      row('s', 'Sanggah', ['Terima', 'Tolak']),
    ]
    const orders = ordersFor(rows, 'approve')
    expect(orders.map(({ doctype, aksi, nama }) => [doctype, aksi, nama.length])).toEqual([
      ['Absensi', 'Setujui', ROWS_PER_REQUEST],
      ['Absensi', 'Setujui', 1],
      ['Sanggah', 'Terima', 1],
    ])
    expect(orders[2]?.status).toEqual({ s: 'Menunggu Persetujuan' })
  })
  it('leave out what cannot be decided so', () => {
    const stuck = row('x', 'Tukar Dinas', ['Tolak'])
    expect(actionOf(stuck, 'approve')).toBeNull()
    expect(ordersFor([stuck], 'approve')).toEqual([])
    expect(ordersFor([stuck], 'reject')).toHaveLength(1)
  })
})

const REVIEW = ['Wajar', 'Minta Klarifikasi', 'Nyatakan Tidak Sah']

describe('verdicts', () => {
  it('are those that the workflow offers for at least one row', () => {
    const review = row('t', 'Tinjauan Absensi', REVIEW)
    expect(verdictsOf([review])).toEqual(['void', 'clarify', 'fine'])
    expect(verdictsOf([row('t', 'Tinjauan Absensi', ['Wajar', 'Nyatakan Tidak Sah'])])).toEqual([
      'void',
      'fine',
    ])
    expect(verdictsOf([row('a'), review])).toEqual(['reject', 'approve', 'void', 'clarify', 'fine'])
    expect(ordersFor([row('a'), review], 'clarify').map(({ aksi, nama }) => [aksi, nama])).toEqual([
      ['Minta Klarifikasi', ['t']],
    ])
  })
})

describe('a note', () => {
  it('is needed for what the person must answer, and not for what is reasonable', () => {
    const review = [row('t', 'Tinjauan Absensi', REVIEW)]
    expect(['fine', 'clarify', 'void'].map((verdict) => needsNote(review, verdict as Verdict))).toEqual([
      false,
      true,
      true,
    ])
  })
  it('is needed for a refusal and for the answer to an appeal', () => {
    expect(needsNote([row('a')], 'approve')).toBe(false)
    expect(needsNote([row('a')], 'reject')).toBe(true)
    expect(needsNote([row('a'), row('s', 'Sanggah')], 'approve')).toBe(true)
  })
})

describe('more of a kind', () => {
  it('comes behind what is shown, each row once and as it was told last', () => {
    const shown = { doctype: 'Absensi', jumlah: 4, baris: [row('a'), row('b')], lanjut: 'b' }
    const further = {
      doctype: 'Absensi',
      jumlah: 3,
      baris: [row('b', 'Absensi', ['Tolak']), row('c')],
      lanjut: null,
    }
    const found = joined(shown, further)
    expect(found.baris.map(({ name, tindakan }) => [name, tindakan.length])).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 2],
    ])
    expect([found.jumlah, found.lanjut]).toEqual([3, null])
    expect(shown.baris).toHaveLength(2)
  })
})
