/** Texts of the Command Center. Both languages come with the page: it is no part of what a phone downloads to punch. */
import { language, live } from '.'
import { c as english } from './command.en'

const id = {
  title: 'Command Center',
  regency: 'Seluruh kabupaten',
  skip: 'Langsung ke isi',
  states: {
    tepat: 'Tepat waktu',
    terlambat: 'Terlambat',
    izin: 'Izin, cuti, dinas',
    belum_waktunya: 'Belum waktunya',
    belum: 'Belum absen',
    tertunda: 'Mungkin tertunda',
    senyap: 'Unit senyap',
    alpa: 'Tanpa keterangan',
    bebas: 'Libur, bebas tugas',
  },
  meaning: {
    tepat: 'sudah absen masuk, tidak terbukti terlambat',
    terlambat: 'sudah absen masuk, terbukti terlambat',
    izin: 'izin, cuti, atau dinas sehari penuh yang berlaku',
    belum_waktunya: 'bertugas hari ini, batas masuk belum lewat',
    belum: 'batas masuk sudah lewat, belum ada absen yang diketahui',
    tertunda: 'absennya mungkin masih menunggu sinyal di ponsel',
    senyap: 'seluruh unit atau tempatnya tidak terdengar: sinyal atau gangguan',
    alpa: 'hari sudah dihitung: tanpa absen dan tanpa izin',
    bebas: 'libur, bebas tugas, atau lepas dinas',
  },
  headline: {
    title: 'Kehadiran',
    present: 'hadir',
    ofDue: (due: string) => `dari ${due} yang bertugas`,
    nobody: 'Tidak ada yang bertugas pada hari ini.',
    all: (all: string) => `${all} pegawai aktif`,
    out: (count: string) => `${count} sudah pulang`,
    waiting: (count: string) => `${count} menunggu keputusan`,
    bar: 'Bagian tiap keadaan',
    people: (count: string) => `${count} orang`,
    names: 'Lihat nama',
    spoken: (hadir: string, due: string, lengkap: string) =>
      `${hadir} dari ${due} pegawai yang bertugas hadir. Data ${lengkap} lengkap.`,
  },
  complete: {
    title: 'Kelengkapan data',
    percent: (percent: string) => `Data ${percent} lengkap`,
    whole: 'Data lengkap',
    doubt: (count: string) => `${count} orang belum diketahui keadaannya`,
    why: 'Mengapa belum lengkap',
    short: (percent: string) => `data ${percent}`,
  },
  trial: 'Masa uji coba: angka tanpa akibat bagi TPP dan disiplin.',
  fresh: {
    live: 'Langsung',
    polling: 'Data setiap 15 detik',
    cut: (since: string) => `Terputus sejak ${since}`,
    past: 'Hari yang sudah lewat',
    open: 'Belum dihitung',
    closed: 'Sudah dihitung',
    asOf: (time: string) => `per ${time}`,
    loading: 'Memuat…',
  },
  day: {
    label: 'Tanggal',
    before: 'Hari sebelumnya',
    after: 'Hari berikutnya',
    today: 'Hari ini',
  },
  crumbs: 'Letak',
  curve: {
    title: 'Kedatangan pagi ini',
    titlePast: 'Kedatangan hari itu',
    now: 'Hari ini',
    nowPast: 'Hari itu',
    usual: 'Biasanya',
    more: (count: string) => `${count} lebih banyak dari biasanya pada jam ini`,
    less: (count: string) => `${count} lebih sedikit dari biasanya pada jam ini`,
    same: 'Sama seperti biasanya pada jam ini',
    unknown: 'Belum ada pembanding: perlu beberapa minggu data pada hari yang sama.',
    none: 'Belum ada yang datang.',
    picture: 'Grafik jumlah yang sudah datang menurut jam',
    table: 'Angka grafik',
    until: 'Sampai pukul',
  },
  apel: {
    title: 'Kekuatan apel',
    none: 'Tidak ada apel atau kegiatan pada hari ini.',
    strength: (hadir: string, diharapkan: string) => `${hadir} dari ${diharapkan}`,
  },
  units: {
    title: 'Perangkat daerah dan unit',
    search: 'Cari unit',
    none: 'Tidak ada unit di bawahnya.',
    notFound: 'Tidak ada unit dengan nama itu.',
    self: 'Pegawai unit ini sendiri',
    columns: {
      nama: 'Unit',
      persen: 'Hadir',
      hadir: 'Orang',
      terlambat: 'Terlambat',
      izin: 'Izin',
      belum: 'Belum ada',
      kelengkapan: 'Data',
    },
    curve: 'Kedatangan',
    bar: 'Keadaan',
    open: (nama: string) => `Buka ${nama}`,
    sortedBy: 'Urut menurut',
    nobody: 'tidak ada yang bertugas',
    count: (count: string) => `${count} unit`,
  },
  map: {
    title: 'Peta kehadiran',
    picture: 'Peta pulau-pulau dengan tempat absen; daftarnya ada di bawah peta',
    list: 'Daftar tempat',
    none: 'Belum ada tempat absen pada peta.',
    states: {
      ramai: 'Ramai',
      sebagian: 'Sebagian',
      senyap: 'Senyap',
      tenang: 'Tenang',
    },
    hints: {
      ramai: 'sebagian besar yang diharapkan sudah ada',
      sebagian: 'baru sebagian yang ada',
      senyap: 'ada yang ditunggu, tidak ada kabar',
      tenang: 'tidak ada yang ditunggu sekarang',
    },
    strength: (hadir: string, diharapkan: string) => `${hadir} dari ${diharapkan} orang`,
    here: (hadir: string) => `${hadir} orang`,
    places: (count: string) => `${count} tempat`,
    late: (count: string) => `${count} terlambat`,
    zoomIn: 'Perbesar peta',
    zoomOut: 'Perkecil peta',
    home: 'Tampilkan seluruh kabupaten',
    base: 'Garis pantai: GSHHG (LGPL), disederhanakan; bukan peta batas wilayah.',
    baseOwn: 'Peta dasar dari pemerintah kabupaten.',
    baseFailed: 'Peta dasar kabupaten tidak dapat dimuat; yang bawaan dipakai.',
    failed: 'Peta belum dapat dimuat',
  },
  people: {
    title: 'Nama',
    all: 'Semua keadaan',
    filter: 'Keadaan',
    search: 'Cari nama',
    none: 'Tidak ada orang dengan keadaan ini.',
    more: 'Muat lagi',
    shown: (shown: string, all: string) => `${shown} dari ${all}`,
    columns: {
      nama: 'Nama',
      unit: 'Unit',
      keadaan: 'Keadaan',
      masuk: 'Masuk',
      pulang: 'Pulang',
      keterangan: 'Keterangan',
    },
    refused: 'Peran Anda melihat jumlah, bukan nama.',
    failed: 'Nama belum dapat dimuat',
    close: 'Tutup daftar nama',
    show: 'Tampilkan nama',
  },
  exports: {
    title: 'Unduh',
    xlsx: 'Excel (XLSX)',
    csv: 'CSV',
    absent: 'Daftar tanpa keterangan (XLSX)',
    note: 'Isi berkas sama dengan layar ini, dengan kelengkapan datanya.',
    refused: 'Belum dapat diunduh',
    failed: 'Unduhan gagal',
    working: 'Menyiapkan berkas…',
    done: 'Berkas diunduh.',
  },
  wall: {
    open: 'Layar dinding',
    close: 'Keluar',
    pause: 'Berhenti berputar',
    go: 'Putar lagi',
    next: 'Berikutnya',
    before: 'Sebelumnya',
    full: 'Layar penuh',
    scenes: { kabupaten: 'Ringkasan', unit: 'Perlu perhatian', peta: 'Peta', apel: 'Kedatangan dan apel' },
    allWell: 'Semua unit lengkap dan hadir.',
    keys: 'Spasi · panah · Esc',
    watching: 'Unit yang perlu perhatian',
  },
  display: 'Tampilan dan bahasa',
  menu: 'Menu',
  desk: 'Buka Desk',
  failed: 'Data belum dapat dimuat',
  ended: 'Sesi Anda telah berakhir.',
  login: 'Masuk lagi',
  empty: 'Belum ada pegawai aktif dalam cakupan Anda. Periksa data Pegawai dan OPD.',
  notThere: 'Unit ini tidak ada, atau bukan dalam wewenang Anda.',
  toTop: 'Kembali ke cakupan Anda',
}

export type CommandMessages = typeof id
export const c: CommandMessages = live(id, () => english)

/** `1234` → `1.234`. */
export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}

/** `93.4` → `93,4 %`. */
export function percent(value: number): string {
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value)} %`
}

/** What stands between hours and minutes. */
export function timeSeparator(): string {
  return language() === 'en' ? ':' : '.'
}

function locale(): string {
  return language() === 'en' ? 'en-GB' : 'id-ID'
}
