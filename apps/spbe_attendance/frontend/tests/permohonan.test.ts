import { describe, expect, it } from 'vitest'
import { shortLabel, spanLabel } from '@/domain/calendar'
import {
  correctionFaults,
  correctionMoment,
  daysBetween,
  hasLetterNumber,
  mayBeHalf,
  mayStillAsk,
  permitFaults,
  type CorrectionForm,
  type PermitForm,
} from '@/domain/permohonan'
import { letterAttempts } from '@/domain/photoBudget'
import { mayCancel, shortenRange, sortRequests, type RequestRow } from '@/domain/requestList'
import { isWaiting, statusTone } from '@/domain/status'
import type { Ketidakhadiran, Koreksi, Sanggah, TukarDinas } from '@/types/permohonan'

const leave = {
  kelompok: 'Cuti',
  boleh_setengah_hari: 0,
  perlu_lampiran: 'Tidak',
  batas_hari_tanpa_lampiran: 0,
}
const whole: PermitForm = {
  jenis: 'CT',
  dari: '2026-11-24',
  sampai: '2026-11-25',
  setengah_hari: '',
  alasan: 'Keluarga',
  tempat: '',
  nomor_surat: '',
  hari_tambahan: '',
}

describe('a permit', () => {
  it('is ready with kind, dates and reason', () => {
    expect(permitFaults(whole, leave, false)).toEqual({})
  })
  it('names every field that is missing', () => {
    const empty = { ...whole, jenis: '', dari: '', sampai: '', alasan: '   abc ' }
    expect(permitFaults(empty, null, false)).toEqual({
      jenis: 'kind',
      dari: 'date',
      sampai: 'date',
      alasan: 'reason',
    })
  })
  it('does not end before it begins', () => {
    expect(permitFaults({ ...whole, sampai: '2026-11-23' }, leave, false)).toEqual({ sampai: 'order' })
  })
  it('asks for the letter where the kind always needs one', () => {
    const kind = { ...leave, perlu_lampiran: 'Selalu' }
    expect(permitFaults(whole, kind, false)).toEqual({ lampiran: 'letter' })
    expect(permitFaults(whole, kind, true)).toEqual({})
  })
  it('leaves a letter by length to the server, which counts the days', () => {
    expect(permitFaults(whole, { ...leave, perlu_lampiran: 'Di atas N hari' }, false)).toEqual({})
  })
  it('takes whole days for the journey only', () => {
    expect(permitFaults({ ...whole, hari_tambahan: '1,5' }, leave, false)).toEqual({ hari_tambahan: 'days' })
  })
  it('is half a day for one day of a kind that knows it', () => {
    const kind = { ...leave, boleh_setengah_hari: 1 }
    expect(mayBeHalf({ dari: '2026-11-24', sampai: '2026-11-24' }, kind)).toBe(true)
    expect(mayBeHalf(whole, kind)).toBe(false)
    expect(mayBeHalf({ dari: '', sampai: '' }, kind)).toBe(false)
    expect(mayBeHalf({ dari: '2026-11-24', sampai: '2026-11-24' }, leave)).toBe(false)
  })
  it('has the number of a letter on duty', () => {
    expect([null, leave, { ...leave, kelompok: 'Dinas Luar' }].map(hasLetterNumber)).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('a correction', () => {
  const form: CorrectionForm = {
    jenis: 'Masuk',
    sebab: 'Lupa Absen',
    jam: '07:25',
    alasan: 'Lupa karena apel',
    saksi: 'abc',
    absensi_asal: '',
  }
  it('needs a witness when the punch was forgotten', () => {
    expect(correctionFaults(form, false)).toEqual({})
    expect(correctionFaults({ ...form, saksi: '' }, true)).toEqual({ saksi: 'witness' })
  })
  it('of a technical fault is proved by a letter as well', () => {
    const fault: CorrectionForm = { ...form, sebab: 'Kendala Teknis', saksi: '' }
    expect(correctionFaults(fault, false)).toEqual({ saksi: 'witness' })
    expect(correctionFaults(fault, true)).toEqual({})
  })
  it('of the kind names the punch, and needs no witness', () => {
    const fault: CorrectionForm = { ...form, sebab: 'Salah Jenis', saksi: '' }
    expect(correctionFaults(fault, false)).toEqual({ absensi_asal: 'original' })
  })
  it('names every field that is missing', () => {
    const empty: CorrectionForm = { jenis: '', sebab: '', jam: '', alasan: '', saksi: '', absensi_asal: '' }
    expect(correctionFaults(empty, false)).toEqual({
      sebab: 'cause',
      jenis: 'kind',
      jam: 'time',
      alasan: 'reason',
    })
  })
  it('of a night shift ends on the next day, also over a month', () => {
    expect(correctionMoment('2026-11-24', '07:05', false)).toBe('2026-11-24T07:05:00')
    expect(correctionMoment('2026-11-30', '07:05', true)).toBe('2026-12-01T07:05:00')
  })
})

describe('days', () => {
  it('are counted with both ends', () => {
    expect(daysBetween('2026-11-24', '2026-11-24')).toBe(1)
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(4)
    expect([daysBetween('2026-11-25', '2026-11-24'), daysBetween('', 'x')]).toEqual([0, 0])
  })
  it('are open for a request until working days may have passed, and never ahead', () => {
    expect(mayStillAsk('2026-11-24', '2026-11-24', 3)).toBe(true)
    expect(mayStillAsk('2026-11-14', '2026-11-24', 3)).toBe(true)
    expect(mayStillAsk('2026-11-13', '2026-11-24', 3)).toBe(false)
    expect(mayStillAsk('2026-11-25', '2026-11-24', 3)).toBe(false)
  })
  it('are said as a span', () => {
    expect(spanLabel('2026-11-24', '2026-11-24')).toBe('24 November 2026')
    expect(spanLabel('2026-11-02', '2026-11-26')).toBe('2–26 November 2026')
    expect(spanLabel('2026-12-30', '2027-01-02')).toBe('30 Desember 2026 – 2 Januari 2027')
    expect(shortLabel('')).toBe('')
  })
})

describe('the list of requests', () => {
  const base = { name: 'a', pegawai: 'saya', creation: '2026-11-01 08:00:00', lampiran: null }
  const permit = { ...base, status: 'Menunggu Atasan', dari: '2026-11-24' } as Ketidakhadiran
  const correction = {
    ...base,
    name: 'b',
    status: 'Disetujui',
    creation: '2026-11-03 08:00:00',
  } as Koreksi
  const appeal = { ...base, name: 'c', status: 'Diajukan', creation: '2026-11-02 08:00:00' } as Sanggah

  it('has those that wait first, the newest on top', () => {
    const { waiting, decided } = sortRequests({
      tahun: 2026,
      ketidakhadiran: [permit],
      koreksi: [correction],
      sanggah: [appeal],
    })
    expect(waiting.map(({ data }) => data.name)).toEqual(['c', 'a'])
    expect(decided.map(({ data }) => data.name)).toEqual(['b'])
  })
  it('lets take back what waits, and what is granted and lies ahead', () => {
    const may = (status: string, dari = '2026-11-24', pegawai = 'saya') =>
      mayCancel({ kind: 'permit', data: { ...permit, status, dari, pegawai } }, 'saya', '2026-11-24')
    expect(may('Menunggu Atasan', '2026-11-01')).toBe(true)
    expect(may('Disetujui')).toBe(true)
    expect(may('Disetujui', '2026-11-23')).toBe(false)
    expect(may('Ditolak')).toBe(false)
    expect(may('Menunggu Atasan', '2026-11-24', 'orang lain')).toBe(false)
  })
  it('lets take back a correction, an appeal and an exchange while they wait', () => {
    const may = (row: RequestRow, me = 'saya') => mayCancel(row, me, '2026-11-24')
    const own = { ...appeal, pegawai: 'saya' }
    expect(may({ kind: 'appeal', data: { ...own, status: 'Diajukan' } })).toBe(true)
    expect(may({ kind: 'appeal', data: { ...own, status: 'Diajukan' } }, 'orang lain')).toBe(false)
    expect(may({ kind: 'appeal', data: { ...own, status: 'Diterima' } })).toBe(false)
    const asked = { peran: 'pemohon', status: 'Diajukan', tindakan: ['Batalkan'] } as TukarDinas
    expect(may({ kind: 'swap', data: asked })).toBe(true)
    expect(may({ kind: 'swap', data: { ...asked, peran: 'rekan', tindakan: ['Setujui', 'Tolak'] } })).toBe(
      false,
    )
  })
  it('lets a granted permit end earlier, from yesterday on, by a day at least', () => {
    const range = (changes: Partial<Ketidakhadiran>, me = 'saya') =>
      shortenRange(
        {
          kind: 'permit',
          data: {
            ...permit,
            pegawai: 'saya',
            status: 'Disetujui',
            dari: '2026-11-20',
            sampai: '2026-11-27',
            ...changes,
          },
        },
        me,
        '2026-11-24',
      )
    expect(range({})).toEqual({ first: '2026-11-23', last: '2026-11-26' })
    expect(range({ dari: '2026-11-26' })).toEqual({ first: '2026-11-26', last: '2026-11-26' })
    expect(range({ dipersingkat_sampai: '2026-11-24' })).toEqual({ first: '2026-11-23', last: '2026-11-23' })
    expect(range({ dari: '2026-11-27' })).toBeNull()
    expect(range({ sampai: '2026-11-23' })).toBeNull()
    expect(range({ status: 'Menunggu Atasan' })).toBeNull()
    expect(range({}, 'orang lain')).toBeNull()
  })
  it('knows which states wait', () => {
    const states = ['Menunggu Kepala OPD', 'Diajukan', 'Disetujui Rekan', 'Diterima', 'Dibatalkan']
    expect(states.map(isWaiting)).toEqual([true, true, true, false, false])
    expect(states.map(statusTone)).toEqual(['orange', 'orange', 'orange', 'green', 'gray'])
  })
})

it('keeps a photographed letter readable: never below 1000 pixels', () => {
  expect(Math.min(...letterAttempts().map(({ side }) => side))).toBe(1000)
})
