import type { Sample } from '@/domain/survey'

/** Answer of `isian_survei`. */
type JenisArea = 'Radius' | 'Poligon'

export interface IsianSurvei {
  opd: Array<{ name: string; nama_opd: string }>
  lokasi: Array<{
    name: string
    nama_lokasi: string
    opd: string
    jenis_area: JenisArea
    latitude: number | null
    longitude: number | null
    radius: number | null
    area: string | null
  }>
  akurasi_lazim: number
}

/** Body of `kirim_survei`. */
export interface PermintaanSurvei {
  id_klien: string
  nama_lokasi: string
  opd: string
  lokasi: string | null
  waktu: string
  titik: Array<{ sampel: Sample[] }>
}

export interface PenerimaanSurvei {
  name: string
  status: string
  radius: number
  jenis_area: JenisArea
  akurasi: number
  duplikat: boolean
}
