/** Shapes of `spbe_attendance.api.persetujuan`, as the server sends them. */
import type { Lokasi } from './api'
import type { PerluPutusan } from './permohonan'

export interface JumlahPersetujuan {
  semua: number
  per_jenis: Record<string, number>
  /** Decides on others by office, whether something waits now or not. */
  pemutus: boolean
}

/** A punch that waits. */
export interface AbsensiMenunggu {
  doctype: 'Absensi'
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
  alasan_tinjau: string | null
  catatan_waktu: string | null
  foto: string | null
  foto_status: string
  tempat: Lokasi | null
  tindakan: string[]
}

export type PermohonanMenunggu = PerluPutusan & { pegawai: string; jabatan: string | null; nama_opd: string }
export type Menunggu = AbsensiMenunggu | PermohonanMenunggu

export interface KelompokMenunggu {
  doctype: string
  jumlah: number
  baris: Menunggu[]
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
