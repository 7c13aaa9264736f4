/** What the page itself says about this visit. */

export interface Boot {
  /** Name of the site: the namespace of its realtime server. */
  site: string
  /** Where the realtime server is; empty: behind the same address as the page. */
  soket: string
  /** Address of the regency's own base map (GeoJSON); empty: the one that comes with the app. */
  peta_dasar: string
  /** Address of map tiles, with {z}, {x}, {y}; empty, as it is by default: none are loaded. */
  ubin: string
  desk: boolean
}

export const boot: Boot = read()

function read(): Boot {
  const spare: Boot = { site: location.hostname, soket: '', peta_dasar: '', ubin: '', desk: false }
  const text = document.getElementById('awal')?.textContent
  if (!text) return spare
  return { ...spare, ...(JSON.parse(text) as Partial<Boot>) }
}

/** False once the session has ended: the framework then names the guest in its cookie. */
export function signedIn(): boolean {
  const user = /(?:^|; )user_id=([^;]*)/.exec(document.cookie)?.[1]
  return user !== undefined && user !== '' && user !== 'Guest'
}
