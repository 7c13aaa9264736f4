/** What waits on the phone is unreadable without the person's key, which only the person's log-in brings. */
import { fromBase64url } from '@/evidence/bytes'
import type { Payload, Sealed } from './store'

/** From the 32 bytes of sesi.info. It can be used, but not read out again. */
export function importSeal(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64url(base64), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** `label` binds the text to its place: what was sealed for one entry does not open as another. */
export async function sealBytes(
  key: CryptoKey,
  label: string,
  bytes: ArrayBuffer | Uint8Array<ArrayBuffer>,
): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt(parameters(iv, label), key, bytes) }
}

/** Raises OperationError when key or label are others. */
export function openBytes(key: CryptoKey, label: string, { iv, data }: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(parameters(iv, label), key, data)
}

export function sealPayload(key: CryptoKey, id: string, payload: Payload): Promise<Sealed> {
  return sealBytes(key, id, Uint8Array.from(new TextEncoder().encode(JSON.stringify(payload))))
}

export async function openPayload(key: CryptoKey, id: string, sealed: Sealed): Promise<Payload> {
  return JSON.parse(new TextDecoder().decode(await openBytes(key, id, sealed))) as Payload
}

export function photoLabel(id: string): string {
  return `${id}/foto`
}

function parameters(iv: Uint8Array<ArrayBuffer>, label: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: Uint8Array.from(new TextEncoder().encode(label)) }
}
