/** Shapes of `spbe_attendance.api.permohonan`, as the server sends them. */

export type JenisPermohonan = 'Ketidakhadiran' | 'Koreksi Absensi' | 'Sanggah' | 'Tukar Dinas'

export interface JenisKetidakhadiran {
  kode: string
  nama_jenis: string
  kelompok: string
  boleh_setengah_hari: 0 | 1
  perlu_lampiran: 'Tidak' | 'Selalu' | 'Di atas N hari'
  batas_hari_tanpa_lampiran: number
  hitung_hari: 'Kerja' | 'Kalender'
  maks_hari: number | null
  kuota_per: string | null
  mengurangi_cuti_tahunan: 0 | 1
}

export interface SaldoCuti {
  tahun: number
  hak: number
  terpakai: number
  sisa: number
}

export interface AturanPermohonan {
  kuota_koreksi_bulanan: number
  /** Working days after the day in question. */
  batas_hari_koreksi: number
  batas_hari_sanggah: number
  lampiran_maks_kb: number
}

export interface Isian {
  jenis: JenisKetidakhadiran[]
  saldo: SaldoCuti
  aturan: AturanPermohonan
}

interface Permohonan {
  name: string
  pegawai: string
  status: string
  creation: string
  lampiran: string | null
}

export interface Ketidakhadiran extends Permohonan {
  jenis: string
  dari: string
  sampai: string
  setengah_hari: '' | 'Pagi' | 'Siang' | null
  dipersingkat_sampai: string | null
  jumlah_hari: number
  alasan: string
  tempat: string | null
  nomor_surat: string | null
  catatan_persetujuan: string | null
  alasan_batal: string | null
}

export interface Koreksi extends Permohonan {
  tanggal: string
  jenis: string
  sebab: string
  waktu: string
  alasan: string
  saksi: string | null
  catatan_persetujuan: string | null
  alasan_batal?: string | null
}

export interface Sanggah extends Permohonan {
  tanggal: string
  uraian: string
  jawab_sebelum: string | null
  jawaban: string | null
  alasan_batal?: string | null
}

export interface PermohonanSaya {
  tahun: number
  ketidakhadiran: Ketidakhadiran[]
  koreksi: Koreksi[]
  sanggah: Sanggah[]
  tukar_dinas?: TukarDinas[]
}

export interface JawabanPermohonan {
  name: string
  status: string
  penjelasan: string
  duplikat: boolean
}

export interface Rekan {
  name: string
  nama: string
  jabatan: string | null
}

export interface PerluPutusan {
  doctype: JenisPermohonan
  name: string
  nama: string
  status: string
  creation: string
  penjelasan: string
  tindakan: string[]
  peserta: string[]
  jenis?: string
  dari?: string
  sampai?: string
  jumlah_hari?: number
  setengah_hari?: string | null
  tanggal?: string
  sebab?: string
  waktu?: string
  alasan?: string
  uraian?: string
  tempat?: string | null
  nomor_surat?: string | null
  lampiran: string | null
  /** Of an exchange of duties. */
  rekan?: string
  nama_rekan?: string
  shift_pemohon?: string | null
  tanggal_rekan?: string
  shift_rekan?: string | null
}

export interface Dinas {
  tanggal: string
  /** Null on a day off. */
  shift: string | null
  jam: string | null
}

export interface IsianTukar {
  dinas: Dinas[]
  rekan: Rekan[]
  /** Of the colleague that was asked about; empty without one. */
  dinas_rekan: Dinas[]
}

export interface TukarDinas {
  name: string
  pemohon: string
  nama_pemohon: string
  tanggal: string
  shift_pemohon: string | null
  rekan: string
  nama_rekan: string
  tanggal_rekan: string
  shift_rekan: string | null
  alasan: string
  status: string
  catatan_persetujuan: string | null
  alasan_batal: string | null
  creation: string
  peran: 'pemohon' | 'rekan'
  /** What the person can do now: Setujui, Tolak, Batalkan. */
  tindakan: string[]
}

export interface HariKartu {
  tanggal: string
  jadwal: string
  masuk: string
  pulang: string
  kode: string
  terlambat: number
  cepat: number
  persen: number
  ket: string
}

export interface Kartu {
  judul: string
  bulan: string
  fakta: Array<[label: string, words: string]>
  hari: HariKartu[]
  /** The server's sentence while the month is not closed. */
  konsep: string | null
}

export interface KeadaanBerkas {
  id: string
  persen: number
  berkas?: string
  gagal?: string
}
