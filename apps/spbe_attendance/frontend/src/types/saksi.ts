/** Shapes of spbe_attendance.api.saksi, as the server sends them. */
import type { Jenis, Penerimaan } from './api'

export interface IsianSaksi {
  /** Null on a person's phone. */
  kios: { name: string; nama_kios: string } | null
  sebab: string[]
  aturan: { akurasi_maksimum: number; foto_ukuran_maks_kb: number; foto_sisi_maks: number }
  /** ISO 8601 with offset. */
  waktu_server: string
  /** Punches with a witness per person and month. */
  kuota: number
  /** Null on a kiosk. */
  punya_pin: boolean | null
}

/** What the people type; the rest of a punch comes from the device. */
export interface Isian {
  jenis: Jenis
  nomor: string
  pin: string
  sebab: string
  alasan?: string
  /** On a kiosk only. */
  nomor_saksi?: string
  pin_saksi?: string
}

export interface PermintaanSaksi extends Isian {
  latitude: number
  longitude: number
  akurasi: number
  id_klien: string
  foto_sha256: string
  perangkat: string
  waktu_perangkat: string
}

export interface PenerimaanSaksi extends Penerimaan {
  nama: string
  sisa_kuota: number
}

/** A phone whose key is registered. */
export interface Ponsel {
  name: string
  nama_perangkat: string | null
  terdaftar: string | null
  status: 'Aktif' | 'Menunggu Saksi' | 'Dicabut'
  sidik_kunci: string
}
