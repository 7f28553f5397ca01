// Which items answer a query, best first. Pure; a sign in front narrows the kind: `>` commands,
// `@` people, `#` channels and projects.

import type { Item, ItemKind } from './item'
import { fold, rankBy } from './match'

/** Limit: items shown. */
export const SHOWN_MAX = 40

/** Among equals: what one goes to most often first. */
const KIND_WEIGHT: Record<ItemKind, number> = {
  person: 30,
  group: 25,
  space: 32,
  channel: 40,
  project: 35,
  task: 0,
  command: 20,
}
/** What was chosen lately rises, less and less. */
const RECENT_WEIGHT = 120

const SIGNS: Record<string, readonly ItemKind[]> = {
  '>': ['command'],
  '》': ['command'],
  '@': ['person', 'group'],
  '＠': ['person', 'group'],
  '#': ['channel', 'project', 'space'],
  '＃': ['channel', 'project', 'space'],
}

/** The kinds that a sign narrows to, and the rest of the query. */
export function parseQuery(query: string): { kinds: readonly ItemKind[] | null; text: string } {
  const kinds = SIGNS[query.trimStart()[0] ?? '']
  return kinds
    ? { kinds, text: query.trimStart().slice(1).trim() }
    : { kinds: null, text: query.trim() }
}

/** The items to show; without a query what was chosen lately, then commands. */
export function findItems<T extends Pick<Item, 'id' | 'kind' | 'texts'>>(
  items: readonly T[],
  query: string,
  recent: readonly string[],
): T[] {
  const { kinds, text } = parseQuery(query)
  const among = kinds ? items.filter((item) => kinds.includes(item.kind)) : items
  if (text === '') return kinds ? among.slice(0, SHOWN_MAX) : usual(among, recent)
  const recency = new Map(recent.map((id, at) => [id, RECENT_WEIGHT / (1 + at / 3)]))
  const weight = (item: T) => KIND_WEIGHT[item.kind] + (recency.get(item.id) ?? 0)
  return rankBy(among, text, (item) => item.texts, weight).slice(0, SHOWN_MAX)
}

/** Limit: items of lately without a query. */
const RECENT_SHOWN = 8

function usual<T extends Pick<Item, 'id' | 'kind'>>(
  items: readonly T[],
  recent: readonly string[],
) {
  const byId = new Map(items.map((item) => [item.id, item]))
  const lately = recent.flatMap((id) => byId.get(id) ?? []).slice(0, RECENT_SHOWN)
  const commands = items.filter((item) => item.kind === 'command' && !lately.includes(item))
  return [...lately, ...commands]
}

/** Whether asking the server for tasks could find more. */
export function wantsServer(query: string): boolean {
  const { kinds, text } = parseQuery(query)
  return kinds === null && fold(text).length >= 2
}
