import type { SurveyMessages } from './survei'

export const v: SurveyMessages = {
  title: 'Survey a place',
  open: 'Survey a place',
  intro:
    'Stand at one edge of the place and measure for 30 seconds; then at the opposite edge. Two points become a circle, three or more a polygon.',
  unavailable: 'The survey form could not be loaded',
  opd: 'Unit',
  choose: 'Choose a unit',
  place: 'Existing place',
  newPlace: 'New place',
  name: 'Name of the place',
  stations: 'Measured points',
  station: (nomor: number) => `Point ${nomor}`,
  quality: (akurasi: string, dipakai: number, dibuang: number) =>
    `Accurate to ± ${akurasi}, ${dipakai} fixes${dibuang > 0 ? `, ${dibuang} left out` : ''}`,
  remove: (nomor: number) => `Remove point ${nomor}`,
  proposal: 'Proposal',
  drawing: 'Drawing of the measured points and the proposed place',
  circle: (radius: string) => `Proposal: a circle of radius ${radius}`,
  polygon: 'Proposal: a polygon through these points',
  where: (nomor: number): string =>
    nomor === 1
      ? 'Go to the edge of the place, in the open, away from high walls.'
      : nomor === 2
        ? 'Go to the opposite edge.'
        : 'Another shape? Measure the next corner, too.',
  measure: (nomor: number) => `Measure point ${nomor}`,
  standStill: 'Stand still, phone in hand',
  longer: 'The position is not steady yet, wait a little longer',
  fixes: (jumlah: number) => `${jumlah} fixes received`,
  now: (akurasi: string) => `Accuracy now ${akurasi}`,
  spread: (sebaran: string) => `Spread ${sebaran}`,
  failed: 'The point was not measured',
  faults: {
    denied: 'The position was denied. Allow it in the settings of the site, then measure again.',
    unavailable: 'Too few fixes here. Switch GPS on, go into the open, then measure again.',
    unsupported: 'This browser gives no position. Use another phone.',
    wide: 'The fixes lie too far apart. Stand still in the open, then measure again.',
  },
  full: 'These are enough points. Remove one to measure another.',
  need: {
    opd: 'Choose the unit of this place.',
    name: 'Enter the name of the place.',
    stations: 'Measure at least two points.',
    apart: 'Two points lie closer than 5 metres. Remove one, then measure on the opposite side.',
  },
  send: 'Send survey',
  taken: 'Survey sent',
  takenText: 'The unit’s administrator or BKPSDM reviews it and applies it to the place.',
  kept: 'Survey kept on this phone',
  keptText: 'It is sent by itself when there is a signal and this page is open.',
  waiting: {
    title: (jumlah: number) => `${jumlah} surveys not sent yet`,
    kept: 'Waiting for a signal',
    send: 'Send now',
    discard: (nama: string) => `Discard survey ${nama}`,
    sure: (nama: string) => `Discard survey ${nama}? Its measurements are lost.`,
  },
}
