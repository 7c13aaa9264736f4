/** Where somebody is sent who must not be on that page; null to stay. */
export function detour(
  state: 'unknown' | 'guest' | 'user',
  kiosk: boolean,
  page: string,
): 'login' | 'home' | 'kiosk' | null {
  if (state === 'unknown' || !page) return null
  if (state === 'guest') return page === 'login' || page === 'display' ? null : 'login'
  // A tablet that everybody passes has this one page.
  if (kiosk) return page === 'kiosk' ? null : 'kiosk'
  return page === 'login' || page === 'kiosk' ? 'home' : null
}
