/** Shapes of spbe_attendance.api.registrasi, as the server sends them. */

export interface Naskah {
  name: string
  versi: number
  judul: string
  /** Lines: `# ` begins a heading, `- ` a point of a list. */
  isi: string
}

export interface Unit {
  kode: string
  nama: string
  induk: string | null
}

export interface IsianDaftar {
  dibuka: boolean
  sampai: string | null
  naskah: Naskah | null
  unit: Unit[]
  aturan: { foto_ukuran_maks_kb: number; foto_sisi_maks: number }
  status_kepegawaian: string[]
  kontak: string
}

/** What the applicant types. */
export interface Fields {
  nik: string
  nama: string
  tanggal_lahir: string
  jenis_kelamin: string
  nomor_hp: string
  status_kepegawaian: string
  opd: string
  jabatan: string
  vendor: string
}

export interface TandaTerima {
  nomor: string
  kode: string
}

export interface StatusDaftar {
  nomor: string
  status: string
  diajukan_pada: string
  alasan: string | null
  /** Of an approved registration. */
  nomor_pegawai: string | null
  aktif: boolean
  /** While a correction is asked for. */
  isian: (Omit<Fields, 'nik'> & { nik_samar: string }) | null
}

export interface PersetujuanSaya {
  naskah: Naskah | null
  disetujui: boolean
  riwayat: Array<{ versi: number; waktu: string; ditarik: string | null }>
  kontak: string
}
