/** Texts of surveying a place with the phone. */
import { live } from '.'

const id = {
  title: 'Survei lokasi',
  open: 'Survei lokasi',
  intro:
    'Berdiri di satu tepi lokasi, ukur 30 detik; lalu di tepi seberangnya. Dua titik menjadi lingkaran, tiga titik atau lebih menjadi poligon.',
  unavailable: 'Formulir survei belum dapat dimuat',
  opd: 'OPD',
  choose: 'Pilih OPD',
  place: 'Lokasi yang sudah ada',
  newPlace: 'Lokasi baru',
  name: 'Nama lokasi',
  stations: 'Titik yang diukur',
  station: (nomor: number) => `Titik ${nomor}`,
  quality: (akurasi: string, dipakai: number, dibuang: number) =>
    `Ketelitian ± ${akurasi}, ${dipakai} posisi${dibuang > 0 ? `, ${dibuang} dibuang` : ''}`,
  remove: (nomor: number) => `Hapus titik ${nomor}`,
  proposal: 'Usulan',
  drawing: 'Gambar titik yang diukur dan usulan lokasi',
  circle: (radius: string) => `Usulan: lingkaran dengan radius ${radius}`,
  polygon: 'Usulan: poligon lewat titik-titik ini',
  where: (nomor: number): string =>
    nomor === 1
      ? 'Pergi ke tepi lokasi, di tempat terbuka, jauh dari dinding tinggi.'
      : nomor === 2
        ? 'Pergi ke tepi seberangnya.'
        : 'Perlu bentuk lain? Ukur juga sudut berikutnya.',
  measure: (nomor: number) => `Ukur titik ${nomor}`,
  standStill: 'Berdiri diam, ponsel di tangan',
  longer: 'Posisinya belum mantap, tunggu sebentar lagi',
  fixes: (jumlah: number) => `${jumlah} posisi diterima`,
  now: (akurasi: string) => `Akurasi sekarang ${akurasi}`,
  spread: (sebaran: string) => `Sebaran ${sebaran}`,
  failed: 'Titik belum terukur',
  faults: {
    denied: 'Izin lokasi ditolak. Izinkan lokasi di pengaturan situs, lalu ukur lagi.',
    unavailable: 'Posisi terlalu sedikit di sini. Nyalakan GPS, cari tempat terbuka, lalu ukur lagi.',
    unsupported: 'Peramban ini tidak memberi posisi. Pakai ponsel lain.',
    wide: 'Posisinya terlalu menyebar. Berdiri diam di tempat terbuka, lalu ukur lagi.',
  },
  full: 'Titiknya sudah cukup banyak. Hapus satu untuk mengukur yang lain.',
  need: {
    opd: 'Pilih OPD lokasi ini.',
    name: 'Isi nama lokasi.',
    stations: 'Ukur paling sedikit dua titik.',
    apart: 'Ada dua titik yang berjarak kurang dari 5 meter. Hapus satu, lalu ukur di sisi seberang.',
  },
  send: 'Kirim survei',
  taken: 'Survei terkirim',
  takenText: 'Admin OPD atau BKPSDM memeriksanya dan menerapkannya pada lokasi.',
  kept: 'Survei tersimpan di ponsel ini',
  keptText: 'Dikirim sendiri saat ada sinyal dan halaman ini terbuka.',
  waiting: {
    title: (jumlah: number) => `${jumlah} survei belum terkirim`,
    kept: 'Menunggu sinyal',
    send: 'Kirim sekarang',
    discard: (nama: string) => `Buang survei ${nama}`,
    sure: (nama: string) => `Buang survei ${nama}? Pengukurannya hilang.`,
  },
}

export type SurveyMessages = typeof id
export const v: SurveyMessages = live(id, (all) => all.v)
