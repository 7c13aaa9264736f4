/** The signed body of one capture (isi). Integers only: a float is written differently by different languages. */
import { canonicalBytes } from './canonical'
import { sha256Hex } from './bytes'

export interface Isi {
  v: 1
  /** id_klien */
  id: string
  /** Pegawai */
  p: string
  j: 'Masuk' | 'Pulang' | 'Apel'
  /** kegiatan or empty */
  g: string
  /** Degrees × 1e7. */
  lat: number
  lon: number
  /** Accuracy in cm. */
  ak: number
  /** Age of the position, ms. */
  u: number
  /** SHA-256 of the photo, hex, or empty. */
  f: string
  /** The anchor's token. */
  a: string
  /** Monotonic ms since the anchor was asked for and since it was there; -1 when that life of the page is over. */
  e0: number
  e1: number
  /** Wall clock when the anchor was there, and at capture. */
  wa: number
  wc: number
  /** 1, 2, 3 … for each key. */
  n: number
  /** Hash of the entry before, empty for the first. */
  h: string
}

/** A time of the server, and the phone's clocks around it. */
export interface Anchor {
  token: string
  /** performance.now() when it was asked for, and when it was there. */
  t0: number
  t1: number
  /** Date.now() when it was there. */
  wall: number
  /** Which life of which page read these clocks. */
  life: string
}

export interface Capture {
  id: string
  pegawai: string
  jenis: Isi['j']
  kegiatan: string
  lat: number
  lon: number
  /** Metres. */
  accuracy: number
  /** Milliseconds between the position and the capture. */
  age: number
  /** SHA-256 hex or empty. */
  photo: string
  /** performance.now() and Date.now() of the capture. */
  counter: number
  wall: number
  life: string
}

export interface Place {
  n: number
  h: string
}

export function isiOf(capture: Capture, anchor: Anchor, { n, h }: Place): Isi {
  const alive = anchor.life === capture.life && capture.counter >= anchor.t1
  return {
    v: 1,
    id: capture.id.toLowerCase(),
    p: capture.pegawai,
    j: capture.jenis,
    g: capture.kegiatan,
    lat: scaled(capture.lat),
    lon: scaled(capture.lon),
    ak: Math.ceil(capture.accuracy * 100),
    u: Math.max(0, Math.round(capture.age)),
    f: capture.photo,
    a: anchor.token,
    // Never shorter than it was, and never longer: the server may rely on both.
    e0: alive ? Math.ceil(capture.counter - anchor.t0) : -1,
    e1: alive ? Math.floor(capture.counter - anchor.t1) : -1,
    wa: Math.round(anchor.wall),
    wc: Math.round(capture.wall),
    n,
    h,
  }
}

/** SHA-256 hex over the canonical text: what the next entry carries as `h`. */
export function hashOf(isi: Isi): Promise<string> {
  return sha256Hex(canonicalBytes({ ...isi }))
}

/** The plain fields of `catat` that say the same as the signed ones. */
export function plainPlace(isi: Isi): { latitude: number; longitude: number; akurasi: number } {
  return { latitude: isi.lat / 1e7, longitude: isi.lon / 1e7, akurasi: isi.ak / 100 }
}

/** Milliseconds since 1970 in a token, for showing the clock; null when it cannot be read. */
export function anchorTime(token: string): number | null {
  try {
    const text = atob((token.split('.')[0] ?? '').replace(/-/g, '+').replace(/_/g, '/'))
    const { w } = JSON.parse(text) as { w?: unknown }
    return typeof w === 'number' && Number.isSafeInteger(w) ? w : null
  } catch {
    return null
  }
}

/** Degrees × 1e7, half away from zero. */
function scaled(degrees: number): number {
  return Math.sign(degrees) * Math.round(Math.abs(degrees) * 1e7) + 0
}
