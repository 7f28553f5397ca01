// The checklist of a task.

import type { ChecklistItem, CommandOf, NewChecklistItem } from '../protocol'
import { newId } from '../protocol/id'
import { client } from '../sync/client'
import type { Sent } from './pending'

/** Limit: items of one checklist. */
export const CHECKLIST_ITEMS_MAX = 100

/** At the end, in this order. */
export function addItems(task: string, items: readonly Omit<NewChecklistItem, 'id'>[]): Sent {
  const made = items.map((item) => ({ ...item, id: newId() }))
  return client.execute({ type: 'add_checklist_items', task, items: made })
}

export function updateItem(
  task: string,
  item: string,
  changes: Omit<CommandOf<'update_checklist_item'>, 'type' | 'task' | 'item'>,
): Sent {
  return client.execute({ type: 'update_checklist_item', task, item, ...changes })
}

export function removeItem(task: string, item: string): Sent {
  return client.execute({ type: 'remove_checklist_item', task, item })
}

/** `settled` gives the key of the sub-task. */
export function makeSubtask(task: string, item: string): Sent {
  return client.create({ type: 'make_subtask', task, item })
}

export function doneOf(items: readonly ChecklistItem[]): number {
  return items.filter((item) => item.done).length
}
