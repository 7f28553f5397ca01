// A filter as one query, for the address: what the pickers chose as conditions in front, then what
// was typed. So a link shows the same on another device, and REST takes it as it is. Pure.

import type { Priority } from '../../../protocol'
import { type Filter, NO_FILTER, NOBODY, PRIORITIES } from './filter'
import { isOrder, isQuery, type Token, tokensOf, written } from './query'

/** What people and states are called in a query. */
export interface Names {
  people: readonly { id: string; handle: string }[]
  states: readonly { id: string; name: string }[]
}

/** The query that says the same as the filter; words alone stay as they are. */
export function addressOf(filter: Filter, names: Names): string {
  const handle = (id: string) => names.people.find((one) => one.id === id)?.handle ?? id
  const state = (id: string) => names.states.find((one) => one.id === id)?.name ?? id
  const people = filter.assignees.map((id) => (id === NOBODY ? 'EMPTY' : written(handle(id))))
  const chosen = [
    ['assignee', people],
    ['state', filter.states.map((id) => written(state(id)))],
    ['priority', filter.priorities],
    ['label', filter.labels.map(written)],
  ] as const
  const clauses = chosen
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => `${field} IN (${values.join(', ')})`)
  if (clauses.length === 0) return filter.text
  const { condition, order } = typed(filter.text)
  return [[...clauses, condition].filter(Boolean).join(' AND '), order].filter(Boolean).join(' ')
}

/** What was typed as one condition, and its order. */
function typed(text: string): { condition: string; order: string } {
  if (text.trim() === '') return { condition: '', order: '' }
  if (!isQuery(text)) return { condition: `text ~ ${written(text)}`, order: '' }
  const tokens = tokensOf(text)
  const at = tokens.findIndex((_, place) => isOrder(tokens, place))
  const start = tokens[at]?.start ?? text.length
  const condition = text.slice(0, start).trim()
  return { condition: condition && `(${condition})`, order: text.slice(start).trim() }
}

/** The filter that an address says. What the pickers cannot show is left as it was typed. */
export function filterOf(text: string, names: Names): Filter {
  const whole = { ...NO_FILTER, text }
  const tokens = tokensOf(text)
  const found: Partial<Filter> = {}
  let at = 0
  while (at < tokens.length) {
    const clause = clauseAt(tokens, at)
    const part = clause && partOf(clause, names)
    if (!clause || !part || Object.keys(part).some((key) => key in found)) break
    Object.assign(found, part)
    at = clause.end
    if (at === tokens.length) return { ...NO_FILTER, ...found }
    if (isOrder(tokens, at)) break
    if (!isWord(tokens[at], 'and')) return whole
    at += 1
  }
  if (at === 0) return whole
  const rest = restOf(text, tokens, at)
  return rest === undefined ? whole : { ...NO_FILTER, ...found, text: rest }
}

interface Clause {
  field: string
  values: readonly Token[]
  /** The token behind it. */
  end: number
}

/** `field IN (value, value)`. */
function clauseAt(tokens: readonly Token[], at: number): Clause | undefined {
  const [field, operator, open] = tokens.slice(at, at + 3)
  if (field?.kind !== 'word' || !isWord(operator, 'in') || !isSign(open, '(')) return undefined
  const values: Token[] = []
  for (let place = at + 3; ; place += 2) {
    const [value, next] = [tokens[place], tokens[place + 1]]
    if (!value || value.kind === 'sign' || !next) return undefined
    values.push(value)
    if (isSign(next, ')')) return { field: field.text.toLowerCase(), values, end: place + 2 }
    if (!isSign(next, ',')) return undefined
  }
}

/** What a picker would have chosen; undefined if none can. */
function partOf({ field, values }: Clause, names: Names): Partial<Filter> | undefined {
  // Other escapes than those that are written here.
  if (values.some(({ kind, text }) => kind === 'quoted' && /\\[^"\\]/.test(text))) return undefined
  const plain = values.map((one) => (one.kind === 'quoted' ? unescaped(one.text) : one.text))
  switch (field) {
    case 'assignee':
      return all('assignees', values, (one, at) => {
        if (isWord(one, 'empty')) return NOBODY
        return names.people.find(({ id, handle }) => [id, handle].includes(plain[at] ?? ''))?.id
      })
    case 'state':
      return all('states', values, (_, at) => {
        return names.states.find(({ id, name }) => [name, id].includes(plain[at] ?? ''))?.id
      })
    case 'priority':
      return all('priorities', values, (_, at) => PRIORITIES.find((one) => one === plain[at]))
    case 'label':
      return values.some((one) => isWord(one, 'empty')) ? undefined : { labels: plain }
    default:
      return undefined
  }
}

function all(
  key: 'assignees' | 'states' | 'priorities',
  values: readonly Token[],
  find: (value: Token, at: number) => string | Priority | undefined,
): Partial<Filter> | undefined {
  const found = values.map(find)
  return found.includes(undefined) ? undefined : { [key]: found }
}

/** What was typed, without what `addressOf` puts around it; undefined if that is not there. */
function restOf(text: string, tokens: readonly Token[], at: number): string | undefined {
  const [first, second, third] = tokens.slice(at)
  if (!first) return undefined
  if (isOrder(tokens, at)) return text.slice(first.start)
  if (isWord(first, 'text') && isSign(second, '~') && third && tokens.length === at + 3)
    return third.kind === 'quoted' ? unescaped(third.text) : third.text
  if (!isSign(first, '(')) return undefined
  const close = closing(tokens, at)
  const end = tokens[close]
  if (!end || (close + 1 < tokens.length && !isOrder(tokens, close + 1))) return undefined
  const [condition, order] = [text.slice(first.start + 1, end.start), text.slice(end.start + 1)]
  return [condition, order]
    .map((part) => part.trim())
    .join(' ')
    .trim()
}

/** The parenthesis that closes this one. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  return tokens.findIndex((token, at) => {
    if (at < open) return false
    if (isSign(token, '(')) depth += 1
    if (isSign(token, ')')) depth -= 1
    return depth === 0
  })
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, '$1')
}
