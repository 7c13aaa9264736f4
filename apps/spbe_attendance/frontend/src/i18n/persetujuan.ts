/** Texts of approvals and of what the phone is told without asking. */
import { live } from '.'

const id = {
  title: 'Persetujuan',
  intro: (count: number) => (count === 0 ? 'Tidak ada yang menunggu' : `${count} menunggu keputusan Anda`),
  failed: 'Daftar belum dapat dimuat.',
  empty: 'Semua sudah diputuskan',
  emptyHint: 'Yang baru muncul di sini, dan angkanya pada menu.',
  more: (count: number) => `${count} lagi muncul setelah ini diputuskan.`,
  kinds: {
    Absensi: 'Absensi di luar lokasi',
    Ketidakhadiran: 'Izin, cuti, dan dinas',
    'Koreksi Absensi': 'Koreksi absensi',
    Sanggah: 'Sanggah',
    'Tukar Dinas': 'Tukar dinas',
  } as Record<string, string>,
  punch: {
    title: (jenis: string, hari: string, jam: string) => `Absen ${jenis}, ${hari} pukul ${jam}`,
    from: (jarak: string, tempat: string) => `${jarak} dari ${tempat}`,
    accuracy: (jarak: string) => `ketelitian ± ${jarak}`,
    noPlace: 'Tanpa lokasi absen',
    proven: (awal: string, akhir: string) => `Waktu terbukti antara ${awal} dan ${akhir}`,
    reason: 'Alasan',
    why: 'Penjelasan sistem',
    photo: (nama: string) => `Foto absen ${nama}`,
    enlarge: 'Perbesar foto',
    photoWaiting: 'Foto belum tiba',
    photoMissing: 'Foto tidak datang',
    photoNone: 'Tanpa foto',
    map: (nama: string) => `Peta: posisi ${nama}, lingkaran ketelitian, dan area absen`,
  },
  select: {
    row: (nama: string) => `Pilih ${nama}`,
    all: 'Pilih semua',
    none: 'Batal memilih',
    count: (count: number) => `${count} dipilih`,
  },
  approve: 'Setujui',
  reject: 'Tolak',
  sheet: {
    approve: (count: number) => (count === 1 ? 'Setujui?' : `Setujui ${count} sekaligus?`),
    reject: (count: number) => (count === 1 ? 'Tolak?' : `Tolak ${count} sekaligus?`),
    note: 'Catatan untuk pegawai',
    optional: 'boleh kosong',
    need: 'Tulis alasan, paling sedikit 5 huruf.',
    more: (count: number) => `dan ${count} orang lagi`,
  },
  soon: {
    approve: (count: number, seconds: number) => `${count} disetujui dalam ${seconds} detik.`,
    reject: (count: number, seconds: number) => `${count} ditolak dalam ${seconds} detik.`,
  },
  undone: 'Tidak jadi. Belum ada yang dikirim.',
  sending: (done: number, total: number) => `Mengirim ${done} dari ${total}`,
  done: { approve: 'Disetujui.', reject: 'Ditolak.' },
  partly: (good: number, bad: number) => `${good} tersimpan, ${bad} tidak. Sebabnya tertulis pada kartunya.`,
  notices: {
    title: 'Pemberitahuan',
    open: 'Pemberitahuan di ponsel ini',
    intro: 'Kabar tiba di ponsel ini walaupun aplikasi tertutup. Isinya tanpa posisi dan tanpa NIP.',
    on: 'Nyalakan di ponsel ini',
    off: 'Matikan di ponsel ini',
    isOn: 'Pemberitahuan menyala di ponsel ini.',
    isOff: 'Pemberitahuan mati di ponsel ini.',
    kinds: 'Yang diberitahukan',
    keputusan: 'Keputusan atas absensi dan permohonan saya',
    persetujuan: 'Ada yang menunggu keputusan saya',
    pengingat: 'Pengingat sebelum batas absen, bila saya belum absen',
    denied:
      'Peramban menolak pemberitahuan. Buka pengaturan situs, izinkan Notifikasi, lalu buka halaman ini lagi.',
    unsupported:
      'Peramban ini tidak mendukung pemberitahuan. Di iPhone, pasang dulu aplikasi ke layar utama.',
    failed: 'Belum dapat diatur',
    borrowed: 'Keluar dari akun mematikan pemberitahuan di ponsel ini.',
  },
}

export type ApprovalMessages = typeof id
export const s: ApprovalMessages = live(id, (all) => all.s)
