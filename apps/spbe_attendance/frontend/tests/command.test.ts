import { describe, expect, it } from 'vitest'
import { isDay, readAddress, shiftDay, writeAddress } from '@/domain/command/address'
import { against, extent, minuteLabel, roundTop, rowsOf } from '@/domain/command/curve'
import { merged, total } from '@/domain/command/merge'
import { found, sorted, turned, worst } from '@/domain/command/order'
import { followAfterMs, pollAfterMs, refreshAfterMs, retryAfterMs } from '@/domain/command/pace'
import { drawable, listed, radius, strength, together } from '@/domain/command/places'
import { after, drift, DRIFT, DRIFT_EVERY_MS, scenes } from '@/domain/command/rotation'
import { tilesOf } from '@/domain/command/tiles'
import { due, occurring, presence, segments, STATES, unsure } from '@/domain/command/states'
import type { Place } from '@/types/pemantauan'
import { counts, place, row, summary } from './commandWorld'

describe('the states of a day', () => {
  it('count as due neither the excused nor the free', () => {
    expect(due(counts({ tepat: 6, izin: 2, bebas: 3, belum: 1 }))).toBe(7)
  })
  it('say how many of those due are there, never more than is true', () => {
    expect(presence(counts({ tepat: 2, terlambat: 0, belum: 1 }))).toBe(66)
    expect(presence(counts({ tepat: 1, izin: 5 }))).toBe(100)
  })
  it('have no presence where nobody is due', () => {
    expect(presence(counts({ bebas: 9, izin: 1 }))).toBeNull()
  })
  it('tell of whom nothing is known', () => {
    expect(unsure(counts({ tertunda: 2, senyap: 3, belum: 4 }))).toBe(5)
  })
  it('stand in one order, and only those that occur', () => {
    expect(occurring(counts({ bebas: 1, tepat: 2 })).map(({ state }) => state)).toEqual(['tepat', 'bebas'])
  })
  it('fill the bar exactly, and a single person among ten thousand is still seen', () => {
    const parts = segments(counts({ tepat: 10_000, alpa: 1 }))
    expect(parts.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100)
    expect(parts[1]!.width).toBeGreaterThan(0.5)
    expect(parts[1]!.left).toBeCloseTo(parts[0]!.width)
  })
  it('draw nothing of nobody', () => {
    expect(segments(counts({}))).toEqual([])
  })
})

describe('a tick of the room', () => {
  const before = summary({
    versi: 5,
    anak: [
      row('A', { tepat: 1, belum: 3 }),
      row('B', { tepat: 2 }),
      row('ROOT', { belum: 1 }, { langsung: true }),
    ],
    jumlah: counts({ tepat: 3, belum: 4 }),
  })
  const tick = {
    opd: 'ROOT',
    tanggal: before.tanggal,
    versi: 6,
    jumlah: counts({ tepat: 4, belum: 3 }),
    anak: { A: counts({ tepat: 2, belum: 2 }) },
  }
  it('changes the total and the rows that it names, nothing else', () => {
    const now = merged(before, tick)
    expect(now.jumlah.hadir).toBe(4)
    expect(now.anak.map(({ jumlah }) => jumlah.hadir)).toEqual([2, 2, 0])
    expect(now.kurva).toBe(before.kurva)
    expect(now.versi).toBe(6)
  })
  it('leaves what was shown before as it was', () => {
    merged(before, tick)
    expect(before.jumlah.hadir).toBe(3)
  })
  it('does not take the staff of the unit itself for the unit', () => {
    const now = merged(before, { ...tick, anak: {}, langsung: counts({ tepat: 1 }) })
    expect(now.anak[2]!.jumlah.hadir).toBe(1)
    const root = merged(before, { ...tick, anak: { ROOT: counts({ tepat: 9 }) } })
    expect(root.anak[2]!.jumlah.hadir).toBe(0)
  })
  it.each([
    ['older than the screen', { versi: 5 }],
    ['of another day', { tanggal: '2026-11-26' }],
    ['of another unit', { opd: 'A' }],
  ])('%s changes nothing', (_what, change) => {
    expect(merged(before, { ...tick, ...change })).toBe(before)
  })
  it('never touches a day gone by', () => {
    const past = { ...before, hari_ini: false }
    expect(merged(past, tick)).toBe(past)
  })
  it('above several tops is one of them: the total is their sum', () => {
    const several = summary({ opd: null, anak: [row('A', { tepat: 1 }), row('B', { tepat: 2, belum: 1 })] })
    const now = merged(several, { ...tick, opd: 'B', jumlah: counts({ tepat: 3 }), anak: {} })
    expect(now.jumlah).toEqual(total([counts({ tepat: 1 }), counts({ tepat: 3 })]))
    expect(merged(several, { ...tick, opd: 'C' })).toBe(several)
  })
  it('that brings doubt takes the completeness down at once, and never to 100 while anything is unknown', () => {
    const doubtful = merged(before, { ...tick, jumlah: counts({ tepat: 9999, senyap: 1 }) })
    expect(doubtful.kelengkapan).toMatchObject({ lengkap: false, senyap: 1, persen: 99.9 })
    expect(merged(before, tick).kelengkapan).toMatchObject({ lengkap: true, persen: 100 })
  })
  it('does not count those who are not yet due as heard of', () => {
    const early = merged(before, { ...tick, jumlah: counts({ belum_waktunya: 90, tepat: 5, tertunda: 5 }) })
    expect(early.kelengkapan.persen).toBe(50)
  })
})

describe('the table of units', () => {
  const rows = [
    row('Dinas Kesehatan', { tepat: 9, belum: 1 }),
    row('Badan Kepegawaian', { tepat: 1, senyap: 1 }),
    row('Sekretariat', { bebas: 4 }),
  ]
  const names = (all: typeof rows) => all.map(({ opd }) => opd.nama)

  it('has those where nobody is due last, whichever way it is sorted', () => {
    const order = { column: 'persen', descending: false } as const
    expect(names(sorted(rows, order))).toEqual(['Badan Kepegawaian', 'Dinas Kesehatan', 'Sekretariat'])
    expect(names(sorted(rows, { ...order, descending: true })).at(-1)).toBe('Sekretariat')
  })
  it('begins with the largest number, and with A of names', () => {
    const start = { column: 'persen', descending: false } as const
    expect(turned(start, 'hadir')).toEqual({ column: 'hadir', descending: true })
    expect(turned(start, 'nama')).toEqual({ column: 'nama', descending: false })
    expect(turned(turned(start, 'hadir'), 'hadir').descending).toBe(false)
  })
  it('finds every word in the name or the abbreviation', () => {
    expect(names(found(rows, 'kes din'))).toEqual(['Dinas Kesehatan'])
    expect(found(rows, '  ')).toHaveLength(3)
    expect(found(rows, 'tidak ada')).toEqual([])
  })
  it('shows a wall first where most is unknown, then where fewest are', () => {
    expect(names(worst(rows, 8))).toEqual(['Badan Kepegawaian', 'Dinas Kesehatan'])
    expect(worst([row('Penuh', { tepat: 3 })], 8)).toEqual([])
  })
})

describe('the address', () => {
  it('carries day, unit, state and wall there and back', () => {
    const all = { tanggal: '2026-11-24', opd: 'DINKES', keadaan: 'senyap', dinding: true } as const
    expect(readAddress(writeAddress(all))).toEqual(all)
  })
  it('is bare for the page as it opens', () => {
    expect(writeAddress(readAddress({}))).toEqual({})
  })
  it('passes over what makes no sense', () => {
    const odd = { tanggal: '2026-02-30', keadaan: 'hadir', dinding: 'ya', nip: '1', opd: ['A', 'B'] }
    expect(readAddress(odd)).toEqual({ tanggal: '', opd: '', keadaan: '', dinding: false })
    expect(writeAddress(readAddress({ ...odd, opd: 'A' }))).toEqual({ opd: 'A' })
  })
  it('knows days and steps over months', () => {
    expect(['2026-11-29', '2026-11-31', '26-11-01', ''].map(isDay)).toEqual([true, false, false, false])
    expect([shiftDay('2026-12-31', 1), shiftDay('2026-03-01', -1)]).toEqual(['2027-01-01', '2026-02-28'])
  })
})

describe('the wall', () => {
  it('turns through what there is to show, and always has the regency', () => {
    expect(scenes({ units: 3, places: 2, arrivals: true })).toEqual(['kabupaten', 'unit', 'peta', 'apel'])
    expect(scenes({ units: 0, places: 0, arrivals: false })).toEqual(['kabupaten'])
  })
  it('goes round, both ways, and begins anew when a scene is gone', () => {
    const all = scenes({ units: 1, places: 1, arrivals: false })
    expect([after('peta', all), after('kabupaten', all, -1), after('apel', all)]).toEqual([
      'kabupaten',
      'peta',
      'kabupaten',
    ])
  })
  it('moves a little every minute and comes back, so that nothing burns in', () => {
    const steps = [0, 1, 2, 3, 4].map((minute) => drift(minute * DRIFT_EVERY_MS))
    expect(new Set(steps.slice(0, 4).map(({ x, y }) => `${x} ${y}`)).size).toBe(4)
    expect(steps[4]).toEqual(steps[0])
    expect(Math.max(...steps.flatMap(({ x, y }) => [x, y]))).toBe(DRIFT)
  })
})

describe('the pace of questions', () => {
  it('spreads screens over the time, so that they do not ask together', () => {
    expect([0, 0.5, 1].map(pollAfterMs)).toEqual([12_000, 15_000, 18_000])
    expect([0, 1].map(followAfterMs)).toEqual([6000, 14_000])
    expect([0, 1].map(refreshAfterMs)).toEqual([45_000, 60_000])
  })
  it('gives a server that does not answer more and more time, and a wall never waits longer than a minute', () => {
    const waits = [1, 2, 3, 20].map((tries) => retryAfterMs(tries, 1))
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBe(60_000)
  })
})

describe('the curve of arrivals', () => {
  const menit = Array.from({ length: 24 }, (_, index) => 360 + 5 * index)
  const curve = {
    menit,
    hari_ini: [0, 0, 0, 2, 5, 9, 20],
    biasa: menit.map((_, index) => Math.min(30, index * 3)),
  }
  it('shows the part of the day in which people arrive', () => {
    const { from, to, top } = extent(curve)
    expect([from, top]).toEqual([0, 30])
    expect(to).toBeGreaterThan(9)
  })
  it('compares with the usual at the same moment', () => {
    expect(against(curve)).toEqual({ now: 20, usual: 18 })
    expect(against({ ...curve, biasa: null })).toBeNull()
    expect(against({ ...curve, hari_ini: [] })).toBeNull()
  })
  it('stands without anybody', () => {
    expect(extent({ menit, hari_ini: [0, 0], biasa: null }).top).toBe(1)
  })
  it('has a round top, never below the highest number', () => {
    expect([1, 3, 21, 240, 250, 9999].map(roundTop)).toEqual([1, 5, 25, 250, 250, 10_000])
  })
  it('is a table of a few rows for ears, the last one included', () => {
    const rows = rowsOf(curve, { from: 0, to: 23, top: 30 })
    expect(rows.length).toBeLessThanOrEqual(8)
    expect(rows.at(-1)).toEqual({ minute: 480, now: null, usual: 30 })
  })
  it('writes minutes as the language does', () => {
    expect([minuteLabel(450, '.'), minuteLabel(65, ':')]).toEqual(['07.30', '01:05'])
  })
})

describe('places on the map', () => {
  it('are listed with the silent ones first, then the emptiest', () => {
    const all: Place[] = [
      place('Penuh', { keadaan: 'ramai', hadir: 9 }),
      place('Sunyi', { keadaan: 'senyap', hadir: 0 }),
      place('Separuh', { keadaan: 'sebagian', hadir: 5 }),
      place('Seperempat', { keadaan: 'sebagian', hadir: 2 }),
    ]
    expect(listed(all).map(({ nama }) => nama)).toEqual(['Sunyi', 'Seperempat', 'Separuh', 'Penuh'])
  })
  it('that lie on each other are one circle, silent only when all of them are', () => {
    const both = together([
      place('A', { keadaan: 'ramai', hadir: 8 }),
      place('B', { keadaan: 'senyap', hadir: 0 }),
    ])
    expect(both).toEqual({ hadir: 8, diharapkan: 20, keadaan: 'sebagian' })
    const state = (...all: Place['keadaan'][]) =>
      together(all.map((keadaan) => place('A', { keadaan }))).keadaan
    expect(state('senyap', 'senyap', 'tenang')).toBe('senyap')
    expect([state('sebagian', 'tenang'), state('tenang'), state()]).toEqual(['sebagian', 'tenang', 'tenang'])
    const nearly = [
      place('A', { keadaan: 'ramai', hadir: 10 }),
      place('B', { keadaan: 'sebagian', hadir: 7 }),
    ]
    expect(together(nearly).keadaan).toBe('ramai')
    expect(together([place('C', { diharapkan: null })]).diharapkan).toBeNull()
  })
  it('have no share where nobody is expected', () => {
    expect(strength(place('A', { diharapkan: 0, hadir: 3 }))).toBeNull()
    expect(strength(place('A', { diharapkan: 4, hadir: 9 }))).toBe(1)
  })
  it('without a sensible position are left out instead of stretching the map', () => {
    const odd = [
      place('Nol', { latitude: 0, longitude: 0 }),
      place('NaN', { latitude: NaN }),
      place('Ada', {}),
    ]
    expect(drawable(odd).map(({ nama }) => nama)).toEqual(['Ada'])
  })
  it('grow with their people, within bounds', () => {
    const sizes = [0, 10, 200, 100_000].map((people) =>
      radius(place('A', { hadir: people, diharapkan: people })),
    )
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes.at(-1)).toBe(26)
  })
})

it('every state has a sign, and the list of states is whole', () => {
  expect(new Set(STATES).size).toBe(9)
})

describe('tiles below the map', () => {
  const frame = { west: 102, south: 0.7, east: 103, north: 1.4 }
  const address = 'https://ubin.example.invalid/{z}/{x}/{y}.png'
  it('are none unless a server is set', () => {
    expect(tilesOf('', frame, 800)).toEqual([])
  })
  it('cover the view, and no tile lies outside of it', () => {
    const tiles = tilesOf(address, frame, 800)
    expect(Math.min(...tiles.map(({ west }) => west))).toBeLessThanOrEqual(frame.west)
    expect(Math.max(...tiles.map(({ north }) => north))).toBeGreaterThanOrEqual(frame.north)
    for (const tile of tiles) {
      expect(tile.west < frame.east && tile.east > frame.west).toBe(true)
      expect(tile.south < frame.north && tile.north > frame.south).toBe(true)
    }
  })
  it('have the numbers of the usual scheme', () => {
    // Selatpanjang at zoom 10.
    const [tile] = tilesOf(
      address,
      { west: 102.7, south: 1.0, east: 102.7, north: 1.0 },
      (256 * 2 ** 10) / 360,
    )
    expect(tile!.address).toBe('https://ubin.example.invalid/10/804/509.png')
  })
  it('of half the world are not asked for by the thousand', () => {
    expect(tilesOf(address, { west: -170, south: -80, east: 170, north: 80 }, 20_000)).toEqual([])
  })
})
