/** Pages without a log-in. */
const OPEN_TO_GUESTS = ['login', 'display', 'activation', 'register', 'register-status']

/** Where somebody is sent who must not be on that page; null to stay. */
export function detour(
  state: 'unknown' | 'guest' | 'user',
  kiosk: boolean,
  page: string,
): 'login' | 'home' | 'kiosk' | null {
  if (state === 'unknown' || !page) return null
  if (state === 'guest') return OPEN_TO_GUESTS.includes(page) ? null : 'login'
  // A tablet that everybody passes has this one page.
  if (kiosk) return page === 'kiosk' ? null : 'kiosk'
  return page === 'login' || page === 'kiosk' ? 'home' : null
}
