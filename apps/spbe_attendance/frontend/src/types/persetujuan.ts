/** Shapes of `spbe_attendance.api.persetujuan`, as the server sends them. */
import type { Lokasi } from './api'
import type { PerluPutusan } from './permohonan'

export interface JumlahPersetujuan {
  semua: number
  per_jenis: Record<string, number>
  /** Decides on others by office, whether something waits now or not. */
  pemutus: boolean
}

/** What is known of a punch that waits. */
export interface AbsenDitunggu {
  name: string
  pegawai: string
  nama: string
  jabatan: string | null
  nama_opd: string
  status: string
  jenis: string
  tanggal: string
  waktu: string
  waktu_awal: string | null
  waktu_akhir: string | null
  sumber: string
  jarak: number | null
  akurasi: number
  latitude: number
  longitude: number
  alasan: string | null
  penjelasan: string | null
  foto: string | null
  foto_status: string
  tempat: Lokasi | null
  tindakan: string[]
}

export interface AbsensiMenunggu extends AbsenDitunggu {
  doctype: 'Absensi'
  alasan_tinjau: string | null
  catatan_waktu: string | null
}

export interface Isyarat {
  kode: string
  jenis: string
  uraian: string
}

/** A punch that the others say something odd about; its head decides. */
export interface TinjauanMenunggu extends AbsenDitunggu {
  doctype: 'Tinjauan Absensi'
  catatan: string | null
  isyarat: Isyarat[]
  /** Punches that it is seen beside. */
  lain: Array<{ name: string; nama: string; jenis: string; waktu: string; foto: string | null }>
  /** How many more there are, of people of other OPD. */
  tersembunyi: number
}

export type PermohonanMenunggu = PerluPutusan & { pegawai: string; jabatan: string | null; nama_opd: string }
export type Menunggu = AbsensiMenunggu | TinjauanMenunggu | PermohonanMenunggu

export interface KelompokMenunggu {
  doctype: string
  jumlah: number
  baris: Menunggu[]
  /** Where the list goes on; null at its end. */
  lanjut: string | null
}

export interface DaftarPersetujuan extends JumlahPersetujuan {
  kelompok: KelompokMenunggu[]
}

export interface HasilPutusan {
  name: string
  berhasil: boolean
  status: string | null
  penjelasan: string
}

export type JenisKabar = 'keputusan' | 'persetujuan' | 'pengingat'

export interface PengaturanKabar {
  langganan: boolean
  pilihan: Record<JenisKabar, boolean>
}
