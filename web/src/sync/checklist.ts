// What commands and entries do to a checklist. Pure.

import type { ChecklistItem, CommandOf } from '../protocol'
import { rankBetween } from './rank'

type Items = readonly ChecklistItem[]

/** The items after one of them changed: `to` stands in the place of whichever has its id. */
export function withItem(items: Items, id: string, to: ChecklistItem | null | undefined): Items {
  const others = items.filter((item) => item.id !== id)
  return (to ? [...others, to] : others).sort(inOrder)
}

function inOrder(one: ChecklistItem, other: ChecklistItem): number {
  if (one.rank !== other.rank) return one.rank < other.rank ? -1 : 1
  return one.id < other.id ? -1 : 1
}

/** With those that are not there yet, at the end. */
export function withNewItems(
  items: Items,
  wanted: CommandOf<'add_checklist_items'>['items'],
): Items {
  let all = [...items]
  for (const { id = '', text, done, assignee, due } of wanted) {
    if (all.some((item) => item.id === id)) continue
    const rank = rankBetween(all.at(-1)?.rank, undefined)
    all = [...all, { id, text: text.trim(), done, assignee, due, rank }]
  }
  return all
}

/** After a pending change of one item. */
export function withChangedItem(items: Items, command: CommandOf<'update_checklist_item'>): Items {
  const item = items.find(({ id }) => id === command.item)
  if (!item) return items
  const { text, done, assignee, due, after } = command
  const changed = {
    ...item,
    text: text?.trim() ?? item.text,
    done: done ?? item.done,
    assignee: assignee === undefined ? item.assignee : assignee,
    due: due === undefined ? item.due : due,
    rank: after === undefined ? item.rank : placeOf(items, item, after),
  }
  return withItem(items, item.id, changed)
}

function placeOf(items: Items, item: ChecklistItem, after: string | null): string {
  const others = items.filter(({ id }) => id !== item.id)
  const at = after === null ? -1 : others.findIndex(({ id }) => id === after)
  if (after === item.id || (after !== null && at < 0)) return item.rank
  const [above, below] = [others[at]?.rank, others[at + 1]?.rank]
  // It lies there already: its entry came before its `done`.
  if ((!above || above < item.rank) && (!below || item.rank < below)) return item.rank
  return rankBetween(above, below)
}
