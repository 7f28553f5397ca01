// Texts of the UI: `t('chat.send')`. Keys are typed by the English catalogue (i18next's JSON:
// `{{name}}`, `_one`/`_other` chosen by `count`). Changing the language renders everything anew,
// so `t` is a plain function and not a hook. A language comes in two parts (scripts/texts.ts):
// what the first screen may say, and the rest after it.

import type { ReactNode } from 'react'
import { createElement, Fragment, useSyncExternalStore } from 'react'
import type { ErrorCode, Language } from '../protocol'
import { persistently } from '../ui/persistently'
import type english from './en'

type Catalogue = typeof english
type Stem<K> = K extends `${infer S}_one` | `${infer S}_other` ? S : K
type KeyIn<N extends keyof Catalogue> = `${N}.${Stem<keyof Catalogue[N]> & string}`

/** Every text there is. */
export type Key = { [N in keyof Catalogue]: KeyIn<N> }[keyof Catalogue]
export type Values = Record<string, string | number>

type Texts = Record<string, Record<string, string>>
type Loader = () => Promise<{ default: Texts }>

const parts: Record<Language, { first: Loader; rest: Loader }> = {
  en: {
    first: () => import('virtual:texts/en-first'),
    rest: () => import('virtual:texts/en-rest'),
  },
  'zh-CN': {
    first: () => import('virtual:texts/zh-CN-first'),
    rest: () => import('virtual:texts/zh-CN-rest'),
  },
}

let current: Language = 'en'
let texts: Texts = {}
/** Set once somebody wants more than the first screen's. */
let rest: Promise<void> | undefined
let plural = new Intl.PluralRules('en')
// Kept: making one takes longer than all the rest of `t`.
let numbers = new Intl.NumberFormat('en')
const listeners = new Set<() => void>()

/** The language of the UI. */
export function language(): Language {
  return current
}

/** The language as a hook: renders again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, language)
}

/** What the person chose on this device, otherwise what the browser prefers. */
export function preferredLanguage(): Language {
  return document.documentElement.lang.startsWith('zh') ? 'zh-CN' : 'en'
}

/** Loads a language and shows everything in it. Remembered on this device. */
export async function setLanguage(next: Language): Promise<void> {
  const { first, rest: others } = parts[next]
  const loaded = await Promise.all(rest ? [first(), others()] : [first()])
  texts = {}
  for (const part of loaded) add(part.default)
  current = next
  plural = new Intl.PluralRules(next)
  numbers = new Intl.NumberFormat(next)
  document.documentElement.lang = next
  try {
    localStorage.setItem('tenon.language', next)
  } catch {
    // Without storage it holds for this page.
  }
  for (const listener of listeners) listener()
}

/** Resolves when every text of the language is there. Never rejects: see `persistently`. */
export function allTexts(): Promise<void> {
  rest ??= (async () => {
    for (let asked: Language | undefined; asked !== current; ) {
      asked = current
      const part = await persistently(parts[asked].rest)
      if (asked === current) add(part.default)
    }
  })()
  return rest
}

function add(part: Texts) {
  for (const [space, table] of Object.entries(part)) texts[space] = { ...texts[space], ...table }
}

function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function template(key: string, count: unknown): string {
  const dot = key.indexOf('.')
  const table = texts[key.slice(0, dot)] ?? {}
  const name = key.slice(dot + 1)
  if (typeof count === 'number') {
    const chosen = table[`${name}_${plural.select(count)}`] ?? table[`${name}_other`]
    if (chosen !== undefined) return chosen
  }
  return table[name] ?? key
}

/** `1,234` */
export function formatNumber(value: number): string {
  return numbers.format(value)
}

/** The text of a key in the reader's language; `count` chooses the plural and is formatted. */
export function t(key: Key, values: Values = {}): string {
  return template(key, values.count).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (typeof value === 'number') return formatNumber(value)
    return value ?? ''
  })
}

/** Like `t`, with elements as values: `rich('chat.joined', { who: <Name … /> })`. */
export function rich(key: Key, values: Record<string, ReactNode>): ReactNode {
  const parts = template(key, values.count).split(/\{\{(\w+)\}\}/g)
  const nodes = parts.map((part, index) => (index % 2 === 0 ? part : values[part]))
  return createElement(Fragment, null, ...nodes)
}

/** What a refusal says to the reader. */
export function errorText(code: ErrorCode | 'offline' | 'voted_elsewhere'): string {
  return t(`errors.${code}`)
}
