/** Shapes of spbe_attendance.api.pemantauan, as the server sends them. */

/**
 * Each active person of the scope is in exactly one state; see docs/command-center.md for how each is judged.
 * `belum`: the limit has passed, no punch is known, one may still come. `alpa` only when the day is over and computed.
 */
export type State =
  'tepat' | 'terlambat' | 'izin' | 'belum_waktunya' | 'belum' | 'tertunda' | 'senyap' | 'alpa' | 'bebas'

/** Numbers of people. `hadir` = tepat + terlambat; `pulang` and `menunggu` (a decision) are among them. */
export type Counts = Record<State, number> & {
  pegawai: number
  hadir: number
  pulang: number
  menunggu: number
}

export interface Completeness {
  /** 0–100, rounded down to 0.1: 100 only when all is known. */
  persen: number
  lengkap: boolean
  tertunda: number
  senyap: number
  /** Sentences in the caller's language. */
  alasan: string[]
}

export interface OpdRef {
  name: string
  nama: string
  singkatan: string | null
}

export interface Row {
  opd: OpdRef
  punya_anak: boolean
  boleh_nama: boolean
  /** The staff of the unit itself, beside those of the units below it. */
  langsung?: boolean
  jumlah: Counts
  kelengkapan: Completeness
  /** Arrivals up to the end of each bucket. */
  kurva: number[]
}

export interface Curve {
  /** Minutes since midnight at which each 5-minute bucket begins. */
  menit: number[]
  /** Arrivals up to the end of each bucket; shorter than `menit` while the day runs. */
  hari_ini: number[]
  /** Median of the same weekdays of the weeks before; null when there are none. */
  biasa: number[] | null
}

export interface Apel {
  name: string
  nama: string
  mulai: string
  selesai: string
  diharapkan: number
  hadir: number
}

export interface Summary {
  tanggal: string
  /** ISO 8601 with offset. */
  waktu_server: string
  hari_ini: boolean
  /** The day's results are computed. */
  ditutup: boolean
  mode: string
  versi: number
  opd: OpdRef | null
  /** From the top that the caller may see down to `opd`. */
  jejak: OpdRef[]
  boleh_nama: boolean
  /** Documents whose rooms tell of changes. */
  ruang: string[]
  jumlah: Counts
  kelengkapan: Completeness
  anak: Row[]
  kurva: Curve
  apel: Apel[]
}

export type PlaceState = 'ramai' | 'sebagian' | 'senyap' | 'tenang'

export interface Place {
  name: string
  nama: string
  opd: OpdRef | null
  latitude: number
  longitude: number
  radius: number | null
  diharapkan: number | null
  hadir: number
  terlambat: number
  ragu: number
  keadaan: PlaceState
}

export interface Person {
  name: string
  nama: string
  opd: OpdRef
  jabatan: string | null
  keadaan: State
  masuk: string | null
  pulang: string | null
  keterangan: string
}

export interface People {
  jumlah: number
  orang: Person[]
}

/** What the room of a summary says, at most once a second. `anak`: by the name of the unit. */
export interface Tick {
  opd: string
  tanggal: string
  versi: number
  jumlah: Counts
  anak?: Record<string, Counts>
  langsung?: Counts
}
