/** Shapes of the HTTP contract (spbe_attendance.api.*), as the server sends them. */

import type { Isi } from '@/evidence/entry'

export type Jenis = 'Masuk' | 'Pulang'
export type PutusanLokasi = 'Dalam' | 'Ragu' | 'Luar'
export type StatusAbsensi = 'Sah' | 'Menunggu Persetujuan' | 'Disetujui' | 'Ditolak'

export interface Absensi {
  name: string
  jenis: Jenis | 'Apel'
  tanggal: string
  /** Site time, `YYYY-MM-DD HH:MM:SS[.ffffff]`. */
  waktu: string
  status: StatusAbsensi
  putusan_lokasi: PutusanLokasi | null
  lokasi: string | null
  nama_lokasi?: string | null
  /** Metres to the edge of the place. */
  jarak: number | null
  penjelasan: string | null
  foto_status?: string | null
  catatan_persetujuan?: string | null
  alasan?: string | null
}

export interface Penerimaan extends Absensi {
  duplikat: boolean
}

export interface Lokasi {
  name: string
  nama_lokasi: string
  jenis_area: 'Radius' | 'Poligon'
  latitude: number | null
  longitude: number | null
  radius: number | null
  area: unknown
}

/** An event of today (apel, upacara, …) to which the person is invited. */
export interface Kegiatan {
  name: string
  nama_kegiatan: string
  jenis_kegiatan: string
  status: string
  /** `HH:MM` of the site's day; the closing minute still counts. */
  mulai: string
  selesai: string
  /** The reason, when the person is exempt. */
  dikecualikan: string | null
  lokasi: Lokasi
  /** The person's own punch. */
  absensi: Pick<Absensi, 'name' | 'waktu' | 'status'> | null
}

export interface Jadwal {
  tanggal: string
  hari_kerja: boolean
  jam_masuk: string
  jam_pulang: string
  buka_masuk: string
  tutup_pulang: string
  saran: Jenis
}

export interface Aturan {
  akurasi_maksimum: number
  foto_wajib: boolean | 0 | 1
  foto_ukuran_maks_kb: number
  foto_sisi_maks: number
}

/** What a day counts as, so far or in the end. */
export interface Rekap {
  /** Codes, comma separated: `TL1,PSW2`. */
  kode: string
  menit_terlambat: number
  menit_pulang_cepat: number
  persen_potongan: number
  /** May still change: the day is not over, or something waits for a decision. */
  sementara: boolean | 0 | 1
  penjelasan: Array<{ teks: string; dasar: string }>
}

export interface HariIni {
  /** ISO 8601 with offset. */
  waktu_server: string
  pegawai: { name: string; nama: string; opd: string; nama_opd: string }
  jadwal: Jadwal
  absensi: Absensi[]
  lokasi: Lokasi[]
  kegiatan?: Kegiatan[]
  mode: string
  /** The server is being serviced: it shows, and records nothing. */
  pemeliharaan?: boolean
  aturan: Aturan
  rekap?: Rekap | null
  /** A signed time of the server; null when capture without a network is switched off. */
  jangkar: string | null
}

export interface HariRiwayat {
  tanggal: string
  absensi: Absensi[]
  rekap?: Rekap | null
}

export interface Riwayat {
  bulan: string
  hari: HariRiwayat[]
}

export interface PermintaanCatat {
  jenis: Jenis | 'Apel'
  kegiatan?: string
  latitude: number
  longitude: number
  akurasi: number
  id_klien: string
  foto_sha256?: string
  perangkat: string
  waktu_perangkat: string
  alasan?: string
  /** Signed evidence of the capture; without it the arrival counts. */
  bukti?: { isi: Isi; k: string; s: string }
}
