import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SIGNS, STATES } from '@/domain/command/states'
import type { State } from '@/types/pemantauan'

type Rgb = [number, number, number]
const css = readFileSync('src/pages/CommandCenter/command.css', 'utf8')
const [light, dark] = [':root {', ":root[data-theme='dark'] {"].map((start) => colours(block(css, start)))
const PANELS = { light: [255, 255, 255] as Rgb, dark: [18, 39, 46] as Rgb }

function block(text: string, start: string): string {
  const from = text.indexOf(start)
  return text.slice(from, text.indexOf('}', from))
}

function colours(text: string): Record<State, Rgb> {
  const found = STATES.map((state) => {
    const hex = new RegExp(`--s-${state.replace('_', '-')}: #([0-9a-f]{6})`).exec(text)?.[1]
    if (!hex) throw new Error(`No colour of ${state}.`)
    return [state, [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16))] as const
  })
  return Object.fromEntries(found) as Record<State, Rgb>
}

const linear = (value: number) =>
  value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4

/** WCAG 2.2, relative luminance and contrast. */
function contrast(a: Rgb, b: Rgb): number {
  const light = (colour: Rgb) => {
    const [r, g, b] = colour.map(linear) as Rgb
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const BLIND = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

/** CIE L*a*b* of what such an eye sees. */
function seen(colour: Rgb, matrix: number[]): Rgb {
  const rgb = colour.map(linear) as Rgb
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.min(1, Math.max(0, matrix[row]! * rgb[0] + matrix[row + 1]! * rgb[1] + matrix[row + 2]! * rgb[2])),
  ) as Rgb
  const f = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const apart = (a: Rgb, b: Rgb) => Math.hypot(...a.map((value, at) => value - b[at]!))

describe.each([
  ['light', light!, PANELS.light],
  ['dark', dark!, PANELS.dark],
])('the colours of the states on a %s panel', (_name, palette, panel) => {
  it.each(STATES)('%s is seen against it', (state) => {
    expect(contrast(palette[state], panel)).toBeGreaterThanOrEqual(3)
  })
  it.each(Object.entries(BLIND))(
    '%s eyes tell neighbours in a bar apart, by colour or by texture',
    (_eye, matrix) => {
      const alike = STATES.slice(1)
        .map((state, index) => [STATES[index]!, state] as const)
        .filter(
          ([a, b]) =>
            SIGNS[a].texture === SIGNS[b].texture &&
            apart(seen(palette[a], matrix), seen(palette[b], matrix)) < 20,
        )
      expect(alike).toEqual([])
    },
  )
  it.each(Object.entries(BLIND))('%s eyes never take an absent person for a present one', (_eye, matrix) => {
    for (const present of ['tepat', 'izin'] as const)
      expect(apart(seen(palette[present], matrix), seen(palette.alpa, matrix))).toBeGreaterThan(20)
  })
})
