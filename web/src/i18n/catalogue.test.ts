// Both catalogues say the same things; every key is used, every used key exists.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mentions } from '../../scripts/texts'
import english from './en'
import chinese from './zh-CN'

type Table = Record<string, Record<string, string>>

const source = join(import.meta.dirname, '..')

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) yield* files(path)
    else if (/\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name)) yield path
  }
}

const code = [...files(source)].map((path) => readFileSync(path, 'utf8')).join('\n')

function keysOf(table: Table): string[] {
  return Object.entries(table).flatMap(([space, texts]) =>
    Object.keys(texts).map((key) => `${space}.${key}`),
  )
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort()

/** `chat.replies_one` is asked for as `chat.replies`. */
const stem = (key: string) => key.replace(/_(one|other)$/, '')

const isUsed = mentions(code)

describe('catalogues', () => {
  it('have the same keys in the same order', () => {
    // Chinese has no singular.
    expect(keysOf(chinese)).toEqual(keysOf(english).filter((key) => !key.endsWith('_one')))
  })

  it('have no empty text and the same placeholders', () => {
    for (const [space, texts] of Object.entries(english as Table)) {
      for (const [key, text] of Object.entries(texts)) {
        if (key.endsWith('_one')) continue
        const other = (chinese as Table)[space]?.[key] ?? ''
        expect(text.trim() && other.trim(), `${space}.${key}`).toBeTruthy()
        expect(placeholders(other), `${space}.${key}`).toEqual(placeholders(text))
      }
    }
  })

  it('have no key that nothing uses', () => {
    expect(keysOf(english).filter((key) => !isUsed(key))).toEqual([])
  })

  it('have every key that is used', () => {
    const spaces = Object.keys(english).join('|')
    const pattern = new RegExp(`\\b(?:t|rich)\\(\\s*'((?:${spaces})\\.\\w+)'`, 'g')
    const known = new Set(keysOf(english).flatMap((key) => [key, stem(key)]))
    const missing = [...code.matchAll(pattern)].map((m) => m[1] ?? '').filter((k) => !known.has(k))
    expect(missing).toEqual([])
  })

  it('are there for every part that is loaded by itself', () => {
    // `lazily` waits for them, React's `lazy` does not.
    const own = [...files(source)].filter((path) => /\blazy\(/.test(readFileSync(path, 'utf8')))
    expect(own.map((path) => path.slice(source.length + 1))).toEqual(['ui/lazily.ts'])
  })

  it('have a text for every error code of the protocol', () => {
    const types = readFileSync(join(source, 'protocol/api.d.ts'), 'utf8')
    const line = /ErrorCode: ((?:"\w+" \| )+"\w+");/.exec(types)?.[1] ?? ''
    const codes = [...line.matchAll(/"(\w+)"/g)].map((m) => m[1] ?? '')
    expect(codes.length).toBeGreaterThan(10)
    const known = Object.keys((english as Table).errors ?? {})
    expect(codes.filter((each) => !known.includes(each))).toEqual([])
  })
})
