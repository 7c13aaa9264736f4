/** Texts of punches that wait on the phone. */
import { live } from '.'

const id = {
  saved: (jam: string) => `Tersimpan di ponsel pukul ${jam}`,
  state: {
    menunggu: 'Menunggu sinyal',
    mengirim: 'Mengirim…',
    terkirim: 'Terkirim',
    ditolak: 'Ditolak',
  },
  pending: {
    menunggu:
      'Belum terkirim. Dikirim sendiri begitu ada sinyal; waktu yang tercatat adalah waktu tadi, bukan waktu tiba.',
    mengirim: 'Sedang dikirim ke server. Anda boleh menutup halaman ini.',
    ditolak: 'Server menolak absen ini.',
  },
  onPhone: 'Di ponsel ini',
  notYet: 'belum di server',
  proof: {
    wide: 'Aplikasi dibuka ulang tanpa jaringan, jadi waktu absen ini tidak dapat dibuktikan sampai ke menit. Buka aplikasi sekali saat ada sinyal sebelum berangkat ke tempat tanpa sinyal.',
    none: 'Ponsel ini belum pernah mendapat waktu dari server, jadi yang berlaku waktu tiba di server. Buka aplikasi sekali saat ada sinyal.',
  },
  home: {
    title: (count: number) => `${count} absen belum terkirim`,
    intro: 'Tersimpan di ponsel dan dikirim sendiri saat ada sinyal.',
    refusedOnly: 'Ditolak server; selesaikan di sini.',
    send: 'Kirim sekarang',
    offlineText: 'Absen tetap bisa: disimpan di ponsel dan dikirim sendiri saat ada sinyal.',
    crowded: 'Server sedang ramai',
    crowdedText: 'Absen tetap bisa dan didahulukan. Isi layar ini menyusul.',
    unproven: 'Waktu tidak dapat dibuktikan penuh',
    unprovenText:
      'Aplikasi ini belum bertemu server sejak dibuka. Absen tetap bisa dan tidak dianggap terlambat karenanya, tetapi dapat ditinjau. Bila sempat, buka aplikasi sekali di tempat yang ada sinyal.',
    switchedOff: 'Absen tanpa jaringan tidak diizinkan di sini. Sambungkan ke internet.',
    phoneTime: 'Perkiraan menurut jam ponsel',
    knownLast: 'Menurut data terakhir yang diterima ponsel ini.',
    badge: (count: number) => `${count} belum terkirim`,
    busy: (jam: string) => `Server sibuk, dicoba lagi pukul ${jam}`,
    again: (jam: string) => `Dicoba lagi pukul ${jam}`,
    unreadable: 'Absen ini tidak dapat dibuka lagi di ponsel ini. Ajukan koreksi absensi.',
  },
  reason: 'Tambah alasan',
  discard: 'Buang',
  discardTitle: 'Buang absen ini?',
  discardText: 'Absen ini tidak akan dikirim lagi dan tidak dapat dikembalikan.',
  discardConfirm: 'Ya, buang',
  room: {
    title: 'Ruang ponsel hampir habis',
    text: 'Sisa ruang kurang dari 20 MB. Absen tetap tersimpan, tetapi foto dapat hilang. Hapus berkas yang tidak perlu.',
    full: 'Ruang ponsel penuh dan tidak ada jaringan: absen ini BELUM tersimpan. Hapus beberapa foto atau video, lalu tekan lagi. Waktu absen tetap waktu tadi.',
    broken: 'Peramban ini tidak dapat menyimpan absen (mode pribadi?). Absen hanya bisa dengan jaringan.',
  },
  service: {
    title: 'Server sedang dirawat',
    text: 'Data dapat dilihat. Absen yang diambil sekarang tersimpan di ponsel dengan waktunya, dan terkirim sendiri setelah perawatan selesai.',
  },
  install: {
    title: 'Pasang di layar utama',
    why: 'Lebih cepat dibuka, tetap terbuka tanpa sinyal, dan tidak perlu mengetik alamat.',
    now: 'Pasang aplikasi',
    later: 'Nanti saja',
    share: 'Di iPhone: ketuk tombol Bagikan, lalu "Tambahkan ke Layar Utama".',
    menu: 'Buka menu peramban (⋮), lalu "Pasang aplikasi" atau "Tambahkan ke layar utama".',
  },
  photo: {
    none: '',
    waiting: 'Foto menunggu dikirim. Anda boleh menutup aplikasi.',
    sent: 'Foto terkirim.',
    failed: 'Foto ditolak server. Absensi tetap tercatat.',
    lost: 'Ruang ponsel penuh: foto tidak tersimpan. Absensi tetap tersimpan; jangan tutup aplikasi sampai terkirim.',
    gone: 'Foto hilang karena ruang ponsel penuh. Absensi tetap tercatat dan akan ditinjau.',
  },
  logout: {
    title: (count: number) => `${count} absen belum terkirim`,
    text: 'Absen itu tetap tersegel di ponsel ini dan dikirim saat Anda masuk lagi. Orang lain tidak dapat membukanya dan tidak dapat mengirimnya atas namanya.',
    advice: 'Bila bisa, tunggu sampai terkirim sebelum keluar, terutama di ponsel pinjaman.',
  },
  login: {
    waiting: (count: number, siapa: string) => `Ada ${count} absen menunggu milik ${siapa}`,
    waitingText: 'Tersegel di ponsel ini; dikirim saat pemiliknya masuk.',
  },
}

export type QueueMessages = typeof id
export const q: QueueMessages = live(id, (all) => all.q)
