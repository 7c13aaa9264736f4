/** Installing the app: the browser's own offer is kept for a calm moment. */
import { computed, reactive } from 'vue'
import { KEPT, keep, kept } from './device'

interface InstallOffer extends Event {
  prompt(): Promise<unknown>
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>
}

let offer: InstallOffer | null = null
const state = reactive({
  offered: false,
  installed: false,
  declined: kept(KEPT.install) === 'nanti',
})

/** How this phone installs: by a press, by the share menu of an iPhone, by the browser's menu; null when it is installed. */
export const installWay = computed<'press' | 'share' | 'menu' | null>(() => {
  if (state.installed) return null
  if (state.offered) return 'press'
  return isApple() ? 'share' : 'menu'
})
/** After a punch it is offered unasked; not where nothing but the browser's menu would help, and not twice. */
export const installOffered = computed(
  () => !state.declined && (installWay.value === 'press' || installWay.value === 'share'),
)

/** Before the app is drawn: the browser offers early, and once. */
export function listenForInstall(): void {
  const standalone = window.matchMedia('(display-mode: standalone)')
  const look = () =>
    (state.installed = standalone.matches || ('standalone' in navigator && navigator.standalone === true))
  look()
  standalone.addEventListener('change', look)
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as InstallOffer
    state.offered = true
  })
  window.addEventListener('appinstalled', () => Object.assign(state, { installed: true, offered: false }))
}

/** The browser asks; an offer is good for once. */
export async function installNow(): Promise<void> {
  const given = offer
  offer = null
  state.offered = false
  await given?.prompt()
  if ((await given?.userChoice)?.outcome === 'dismissed') declineInstall()
}

export function declineInstall(): void {
  state.declined = true
  keep(KEPT.install, 'nanti')
}

/** An iPhone or iPad, which gives no offer; a newer iPad calls itself a Mac, and has a touch screen. */
function isApple(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) ||
    (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  )
}
