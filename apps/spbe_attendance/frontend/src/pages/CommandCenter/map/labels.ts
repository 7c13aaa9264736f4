/** Names on the base map that comes with the app: where they stand, in degrees. Not places of attendance. */
export const LABELS: Array<{ name: string; lon: number; lat: number; kind: 'island' | 'sea' }> = [
  { name: 'Pulau Padang', lon: 102.32, lat: 1.17, kind: 'island' },
  { name: 'Pulau Merbau', lon: 102.54, lat: 1.05, kind: 'island' },
  { name: 'Pulau Tebing Tinggi', lon: 102.75, lat: 0.87, kind: 'island' },
  { name: 'Pulau Rangsang', lon: 102.93, lat: 1.04, kind: 'island' },
  { name: 'Pulau Bengkalis', lon: 102.27, lat: 1.5, kind: 'island' },
  { name: 'Sumatra', lon: 102.2, lat: 0.75, kind: 'island' },
  { name: 'Selat Malaka', lon: 102.8, lat: 1.4, kind: 'sea' },
]
