/** Language and colours of this phone. They belong to the phone and outlive a log-out. */
import { readonly, ref } from 'vue'
import { LANGUAGES, setLanguage, type Language } from '@/i18n'
import { KEPT, keep, kept } from './device'
import { rememberLanguage } from './queue/people'
import { speak } from './wire'

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const theme = ref<Theme>('auto')
const language = ref<Language>('id')
const night = window.matchMedia('(prefers-color-scheme: dark)')

export const display = { theme: readonly(theme), language: readonly(language) }

function paint(): void {
  const dark = theme.value === 'dark' || (theme.value === 'auto' && night.matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

export function chooseTheme(next: Theme): void {
  theme.value = next
  keep(KEPT.theme, next)
  paint()
}

/** Raises when the words cannot be fetched; the language then stays. */
export async function chooseLanguage(next: Language): Promise<void> {
  await setLanguage(next)
  language.value = next
  keep(KEPT.language, next)
  document.documentElement.lang = next
  speak(next)
  void rememberLanguage().catch(() => undefined)
}

/** Resolves when the app may be drawn; without the words of another language it is drawn in Indonesian. */
export async function startDisplay(): Promise<void> {
  theme.value = THEMES.find((known) => known === kept(KEPT.theme)) ?? 'auto'
  paint()
  night.addEventListener('change', paint)
  const wanted = LANGUAGES.find((known) => known === kept(KEPT.language)) ?? 'id'
  if (wanted === 'id') return
  try {
    await chooseLanguage(wanted)
  } catch {
    // Asked for again at the next start; the choice stays kept.
  }
}
