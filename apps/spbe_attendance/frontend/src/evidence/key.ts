/** The phone's key: ECDSA P-256, made here, never to be read out of the browser. */
import { canonicalBytes, type Plain } from './canonical'
import { fromBase64url, toBase64url } from './bytes'

/** The public half as the server takes it. */
export interface PublicKey {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
}

const KIND = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }

/** The private half is not extractable: a copy of the browser's files is no copy of the key's use elsewhere. */
export function makeKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KIND, false, ['sign', 'verify'])
}

export async function publicKey(key: CryptoKey): Promise<PublicKey> {
  const { x, y } = await crypto.subtle.exportKey('jwk', key)
  if (!x || !y) throw new TypeError('Not an elliptic key')
  return { kty: 'EC', crv: 'P-256', x, y }
}

/** RFC 7638: SHA-256 of the required members in order, base64url. */
export async function thumbprint({ crv, kty, x, y }: PublicKey): Promise<string> {
  return toBase64url(await crypto.subtle.digest('SHA-256', canonicalBytes({ crv, kty, x, y })))
}

/** Raw r||s (64 bytes) over the canonical text, base64url. */
export async function sign(key: CryptoKey, body: Plain): Promise<string> {
  return toBase64url(await crypto.subtle.sign(SIGNING, key, canonicalBytes(body)))
}

/** False for whatever does not fit. */
export async function verify(key: PublicKey, body: Plain, signature: string): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('jwk', { ...key }, KIND, false, ['verify'])
    return await crypto.subtle.verify(SIGNING, imported, fromBase64url(signature), canonicalBytes(body))
  } catch {
    return false
  }
}

/** What a key signs to be registered: the anchor proves that it is asked for now. */
export function registration(anchor: string, sidik: string): { [key: string]: Plain } {
  return { a: anchor, k: sidik, t: 'daftar', v: 1 }
}
