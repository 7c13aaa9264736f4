/** The texts in use: Indonesian comes with the app, English is fetched when somebody chooses it. */
import { shallowReactive, shallowRef } from 'vue'
import type { English } from './en'
import id, { type Messages } from './id'

export type Language = 'id' | 'en'
export const LANGUAGES: readonly Language[] = ['id', 'en']

const used = shallowRef<Language>('id')
let english: English | null = null
const followers: Array<() => void> = []

/** A dictionary that follows the language; screens that read it are drawn anew. */
export function live<Words extends object>(indonesian: Words, pick: (all: English) => Words): Words {
  const words = shallowReactive({ ...indonesian })
  const follow = () => Object.assign(words, used.value === 'en' && english ? pick(english) : indonesian)
  followers.push(follow)
  follow()
  return words as Words
}

export const t: Messages = live(id, (all) => all.t)

export function language(): Language {
  return used.value
}

/** Raises when the words cannot be fetched; the language in use then stays. */
export async function setLanguage(next: Language): Promise<void> {
  if (next === 'en') english ??= (await import('./en')).default
  used.value = next
  for (const follow of followers) follow()
}
