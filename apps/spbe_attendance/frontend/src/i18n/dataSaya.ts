/** Texts of the own data: a copy of them, and corrections. */
import { live } from '.'

const id = {
  title: 'Data saya',
  open: 'Data saya: salinan dan perbaikan',
  failed: 'Data Anda belum dapat dimuat',
  copy: {
    title: 'Salinan data saya',
    intro:
      'Semua yang disimpan tentang Anda: data induk, absen, rekap, izin, perangkat, persetujuan, dan foto Anda. Berkas ZIP, dihapus setelah tiga hari.',
    ask: 'Minta salinan',
    again: 'Minta salinan baru',
    making: 'Sedang disiapkan. Anda akan diberi tahu bila sudah siap.',
    broken: 'Salinan gagal disiapkan. Minta sekali lagi.',
    expired: 'Salinan terakhir sudah dihapus.',
    until: (hari: string) => `Tersedia sampai ${hari}.`,
    file: (nomor: number, ukuran: string) => `Unduh berkas ${nomor} (${ukuran})`,
    borrowed: 'Jangan mengunduh di ponsel orang lain: berkas tertinggal di ponsel itu.',
  },
  fix: {
    title: 'Perbaikan data induk',
    intro: 'Ada yang keliru? BKPSDM menjawab paling lambat 3 × 24 jam. NIK diperbaiki di BKPSDM dengan KTP.',
    field: 'Yang keliru',
    choose: 'Pilih bidang',
    present: (nilai: string) => `Tercatat: ${nilai || 'kosong'}`,
    value: 'Yang seharusnya',
    date: 'Yang seharusnya (TTTT-BB-HH)',
    reason: 'Alasan dan bukti',
    need: 'Isi bagian ini.',
    send: 'Kirim permintaan',
    sent: 'Permintaan terkirim ke BKPSDM.',
    asked: 'Permintaan Anda',
    change: (lama: string, baru: string) => `${lama || 'kosong'} → ${baru}`,
    withdraw: 'Batalkan',
    withdrawLabel: (bidang: string) => `Batalkan perbaikan ${bidang}`,
  },
}

export type OwnDataMessages = typeof id
export const d: OwnDataMessages = live(id, (all) => all.d)
