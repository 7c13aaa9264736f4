/** Made-up summaries for tests; nothing of these is part of the app. */
import type { Counts, Place, Row, State, Summary } from '@/types/pemantauan'

const NONE: Record<State, number> = {
  tepat: 0,
  terlambat: 0,
  izin: 0,
  belum_waktunya: 0,
  belum: 0,
  tertunda: 0,
  senyap: 0,
  alpa: 0,
  bebas: 0,
}

export function counts(given: Partial<Record<State, number>>): Counts {
  const states = { ...NONE, ...given }
  return {
    ...states,
    pegawai: Object.values(states).reduce((sum, value) => sum + value, 0),
    hadir: states.tepat + states.terlambat,
    pulang: 0,
    menunggu: 0,
  }
}

const whole = { persen: 100, lengkap: true, tertunda: 0, senyap: 0, alasan: [] }

export function row(nama: string, given: Partial<Record<State, number>>, more: Partial<Row> = {}): Row {
  return {
    opd: { name: nama, nama, singkatan: null },
    punya_anak: false,
    boleh_nama: true,
    jumlah: counts(given),
    kelengkapan: whole,
    kurva: [],
    ...more,
  }
}

export function summary(given: Partial<Summary>): Summary {
  return {
    tanggal: '2026-11-27',
    waktu_server: '2026-11-27T07:31:04+07:00',
    hari_ini: true,
    ditutup: false,
    mode: 'Berlaku Penuh',
    versi: 1,
    opd: { name: 'ROOT', nama: 'Kabupaten', singkatan: null },
    jejak: [],
    boleh_nama: true,
    ruang: ['ROOT'],
    jumlah: counts({}),
    kelengkapan: whole,
    anak: [],
    kurva: { menit: [], hari_ini: [], biasa: null },
    apel: [],
    ...given,
  }
}

export function place(nama: string, given: Partial<Place>): Place {
  return {
    name: nama,
    nama,
    opd: null,
    latitude: 1,
    longitude: 102.7,
    radius: 50,
    diharapkan: 10,
    hadir: 0,
    terlambat: 0,
    ragu: 0,
    keadaan: 'tenang',
    ...given,
  }
}
