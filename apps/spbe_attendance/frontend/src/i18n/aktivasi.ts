/** Texts of the first log-in, and of a forgotten password. */
import { live } from '.'

const id = {
  title: 'Aktifkan akun',
  intro: 'Dengan kode dari slip atau pesan Anda. Kode hanya berlaku sekali.',
  offlineTitle: 'Perlu jaringan',
  offline: 'Kode diperiksa oleh server. Sambungkan ponsel ke internet, lalu lanjutkan.',
  number: 'NIP / nomor pegawai',
  numberHint: 'Tertulis di slip; 18 angka, atau nomor dari sistem untuk Non-ASN',
  code: 'Kode aktivasi',
  codeHint: 'Sepuluh huruf dan angka di bawah nomor Anda',
  fromQr: 'Kode dari QR sudah terbaca.',
  codeTitle: 'Kode Anda',
  inUse: (nama: string) => (nama ? `Ponsel ini masih dipakai ${nama}` : 'Ponsel ini masih dipakai'),
  inUseText: 'Keluar dahulu dari akun itu, lalu pindai QR atau buka halaman ini lagi.',
  toHome: 'Ke beranda',
  next: 'Lanjut',
  checking: 'Memeriksa…',
  refused: 'Kode belum diterima',
  welcome: (nama: string) => `Halo, ${nama}`,
  yours: 'Mulai sekarang Anda masuk dengan nomor ini:',
  notYou: 'Bukan saya',
  notYouHint: 'Slip orang lain? Jangan dilanjutkan; kembalikan kepada Admin OPD.',
  password: 'Kata sandi baru',
  passwordHint:
    'Paling sedikit 8 karakter. Beberapa kata yang tidak berhubungan lebih kuat dan mudah diingat.',
  again: 'Ulangi kata sandi',
  show: 'Tampilkan kata sandi',
  hide: 'Sembunyikan kata sandi',
  strength: 'Kekuatan',
  levels: ['belum cukup', 'lemah', 'cukup', 'kuat'] as string[],
  pin: 'PIN enam angka',
  pinHint: 'Untuk absen di ponsel rekan atau kios. Bukan angka berurutan, tanggal lahir, atau bagian NIP.',
  pinAgain: 'Ulangi PIN',
  save: 'Simpan dan masuk',
  saving: 'Menyimpan…',
  failed: 'Belum tersimpan',
  need: {
    number: 'Isi NIP atau nomor pegawai.',
    code: 'Kode terdiri dari 10 huruf dan angka.',
    password: 'Kata sandi paling sedikit 8 karakter.',
    weak: 'Kata sandi ini terlalu mudah ditebak.',
    again: 'Kedua kata sandi tidak sama.',
    pin: 'PIN terdiri dari 6 angka.',
    pinAgain: 'Kedua PIN tidak sama.',
  },
  login: {
    open: 'Punya kode aktivasi?',
    forgot: 'Lupa kata sandi?',
    forgotText:
      'Datangi atau hubungi Admin OPD Anda. Setelah memastikan bahwa itu Anda, Admin OPD memberi kode aktivasi baru; dengan kode itu Anda membuat kata sandi dan PIN baru. Tidak ada yang dikirim lewat surel.',
  },
  phone: {
    waits: 'Ponsel ini menunggu saksi',
    waitsText:
      'Absen tetap bisa: tersimpan di ponsel dan terkirim setelah seorang rekan dari OPD Anda mengonfirmasi di sini. Ponsel lama lalu dicabut. Tanpa rekan: minta Admin OPD menyetujui.',
    number: 'NIP / nomor pegawai rekan',
    pin: 'PIN rekan',
    pinHint: 'Rekan Anda sendiri yang mengetik; tidak disimpan di ponsel ini.',
    confirm: 'Konfirmasi ponsel ini',
    toAccount: 'Buka Akun',
  },
  change: {
    title: 'Kata sandi',
    intro: 'Mengganti kata sandi mengeluarkan akun ini dari ponsel lain.',
    open: 'Ganti kata sandi',
    old: 'Kata sandi sekarang',
    needOld: 'Isi kata sandi sekarang.',
    save: 'Simpan kata sandi',
    saved: 'Kata sandi diganti.',
    offline: 'Kata sandi hanya dapat diganti dengan jaringan.',
  },
}

export type ActivationMessages = typeof id
export const a: ActivationMessages = live(id, (all) => all.a)
