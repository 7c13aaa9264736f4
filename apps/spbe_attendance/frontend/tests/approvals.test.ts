import { describe, expect, it } from 'vitest'
import { actionOf, needsNote, ordersFor, ROWS_PER_REQUEST } from '@/domain/approvals'
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

describe('a note', () => {
  it('is needed for a refusal and for the answer to an appeal', () => {
    expect(needsNote([row('a')], 'approve')).toBe(false)
    expect(needsNote([row('a')], 'reject')).toBe(true)
    expect(needsNote([row('a'), row('s', 'Sanggah')], 'approve')).toBe(true)
  })
})
