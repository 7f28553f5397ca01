// The filters of a search while one types: which one the caret is in, and what completes it. Pure.

export const FILTERS = ['from', 'in', 'has', 'is', 'before', 'after', 'on'] as const
export type FilterName = (typeof FILTERS)[number]

/** The same in Chinese, as the server takes them. */
const CHINESE: Record<string, FilterName> = {
  来自: 'from',
  位于: 'in',
  包含: 'has',
  属于: 'is',
  早于: 'before',
  晚于: 'after',
  日期: 'on',
}

/** What people also write, though the server does not know it. */
const SYNONYMS: Record<string, string> = { 在: '位于' }

/** The search as the server takes it: words in quotes stay as they are. */
export function canonical(text: string): string {
  const parts = text.split(/("[^"]*"|“[^”]*”)/)
  const names = Object.keys(SYNONYMS).join('|')
  const begun = new RegExp(`(^|\\s)(${names})(?=[:：])`, 'g')
  return parts
    .map((part, at) =>
      at % 2 ? part : part.replace(begun, (_, space, name) => space + SYNONYMS[name]),
    )
    .join('')
}

/** What a filter is called in a language. */
export function nameOf(filter: FilterName, language: string): string {
  if (language !== 'zh-CN') return filter
  return Object.entries(CHINESE).find(([, name]) => name === filter)?.[0] ?? filter
}

/** What is being typed at the end of the text. */
export interface Typing {
  /** Undefined while it is a plain word, which may become a filter. */
  filter: FilterName | undefined
  /** What follows the colon, or the word. */
  value: string
  /** Where it begins in the text. */
  start: number
}

export function typingOf(text: string): Typing {
  const start = text.search(/[^\s:：]+[:：]["“][^"”]*$|\S*$/)
  const word = text.slice(start)
  const colon = word.search(/[:：]/)
  if (colon < 0) return { filter: undefined, value: word, start }
  const filter = filterOf(word.slice(0, colon))
  const value = word.slice(colon + 1).replace(/^["“]/, '')
  return filter ? { filter, value, start } : { filter: undefined, value: word, start }
}

function filterOf(name: string): FilterName | undefined {
  const folded = name.normalize('NFKC').toLowerCase()
  return FILTERS.find((filter) => filter === folded) ?? CHINESE[SYNONYMS[name] ?? name]
}

/** The filters that a word may become: one begun in either language, all of them after a space. */
export function begunBy(word: string): FilterName[] {
  const typed = word.normalize('NFKC').toLowerCase()
  const other = Object.entries(SYNONYMS).map(([name, it]) => [name, CHINESE[it]] as const)
  const chinese = [...Object.entries(CHINESE), ...other]
  return FILTERS.filter(
    (name) =>
      name.startsWith(typed) || chinese.some(([key, it]) => it === name && key.startsWith(typed)),
  )
}

/** The text with what is being typed replaced by a whole filter, ready for the next word.
 * `filter`: its name in either language. */
export function complete(text: string, typing: Typing, filter: string, value: string): string {
  return `${text.slice(0, typing.start)}${filter}:${quoted(value)} `
}

/** The text with the filter begun: `from:`. */
export function begin(text: string, typing: Typing, filter: string): string {
  return `${text.slice(0, typing.start)}${filter}:`
}

/** A value as it is written after the colon. */
export function quoted(value: string): string {
  return /\s/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}
