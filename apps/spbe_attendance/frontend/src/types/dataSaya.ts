/** Answers of `api.privasi`. */
export interface Salinan {
  status: 'Disiapkan' | 'Siap' | 'Gagal' | 'Kedaluwarsa' | null
  diminta_pada: string | null
  berlaku_sampai: string | null
  berkas: Array<{ nama: string; url: string; ukuran: number }>
}

export interface BidangInduk {
  nama: string
  label: string
  nilai: string
  pilihan: string[]
}

export interface PermintaanPerbaikan {
  name: string
  bidang: string
  label: string
  nilai_lama: string | null
  nilai_baru: string
  status: string
  jawaban: string | null
  jawab_sebelum: string
}

export interface Perbaikan {
  bidang: BidangInduk[]
  permintaan: PermintaanPerbaikan[]
}
