/** The address under which this browser is told news, as the server knows it; gone with the log-out. */
import { store, storeIfThere } from './queue/store'

const KEY = 'push'

export async function keptEndpoint(): Promise<string | null> {
  const found = await (await storeIfThere())?.get('misc', KEY)
  return typeof found === 'string' ? found : null
}

export async function keepEndpoint(endpoint: string): Promise<void> {
  await (await store()).put('misc', endpoint, KEY)
}

export async function forgetEndpoint(): Promise<void> {
  await (await storeIfThere())?.delete('misc', KEY)
}
