/** What the endpoints of accounts take and give. */
export interface Aktivasi {
  nama: string
  /** What the person logs in with from now on. */
  nomor: string
  keperluan: string
}

export interface KodeAktivasi {
  kode: string
  nomor?: string
}
