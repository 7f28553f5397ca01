// Opens a task from its card or row: beside the page, in a tab with the browser's modifier, or as
// a page with Shift. A task that the server has not numbered yet is named by its id.

import type { MouseEvent } from 'react'
import { go, openTask, taskHref } from '../../app/place'
import type { LocalTask } from '../../model/task'

export function openCard(task: LocalTask, event?: MouseEvent): void {
  const name = nameOf(task)
  if (event?.metaKey || event?.ctrlKey) window.open(taskHref(name), '_blank', 'noopener')
  else if (event?.shiftKey) go(taskHref(name))
  else openTask(name)
}

/** What an address calls a task: `ENG-42`, or its id until it is numbered. */
export function nameOf(task: Pick<LocalTask, 'id' | 'key'>): string {
  return /-\d+$/.test(task.key) ? task.key : task.id
}

/** What an address says, however it is written: ids in small letters, keys in capitals. */
export function nameIn(address: string): string {
  return ID.test(address) ? address.toLowerCase() : address.toUpperCase()
}

/** The key of the project of which an address speaks; none for an id. */
export function projectIn(address: string): string | undefined {
  if (ID.test(address)) return undefined
  return /^[A-Z][A-Z0-9]*(?=-\d+$)/.exec(nameIn(address))?.[0]
}

const ID = /^[0-9A-F]{8}-[0-9A-F]{4}-/i
