// Words can be read on every ground they stand on, in both themes: WCAG AA.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const blocks = [...css.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '')

function tokens(block: string | undefined): Map<string, string> {
  const pairs = [...(block ?? '').matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)]
  return new Map(pairs.map(([, name = '', value = '']) => [name, value]))
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['canvas', 'side', 'raised', 'sunken', 'hover', 'active']
const pairs = [
  ...['ink', 'soft'].flatMap((ink) => grounds.map((ground) => [ink, ground])),
  ...['canvas', 'side', 'raised', 'sunken', 'hover'].map((ground) => ['faint', ground]),
  ...['todo', 'doing', 'done', 'blocked', 'urgent', 'purple'].flatMap((ink) =>
    ['canvas', 'raised', 'hover'].map((ground) => [ink, ground]),
  ),
  ...['accent-ink', 'urgent'].flatMap((ink) =>
    ['canvas', 'side', 'raised', 'hover'].map((ground) => [ink, ground]),
  ),
  ...['todo', 'doing', 'done', 'blocked', 'urgent'].map((state) => [state, `${state}-soft`]),
  ...['code-word', 'code-text', 'code-value', 'code-name', 'code-type', 'done', 'urgent'].map(
    (ink) => [ink, 'sunken'],
  ),
  ['accent-ink', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['faint', 'accent-soft'],
  ['ink', 'mark'],
  ['ink', 'found'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
]

describe.each([
  ['light', tokens(blocks[0])],
  ['dark', tokens(blocks[1])],
])('%s', (_, theme) => {
  it.each(pairs)('%s on %s', (ink = '', ground = '') => {
    const [front, back] = [theme.get(ink), theme.get(ground)]
    expect(front && back).toBeTruthy()
    expect(contrast(front ?? '', back ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
