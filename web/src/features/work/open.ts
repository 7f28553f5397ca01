// Opens a task from its card or row: beside the page, in a tab with the browser's modifier, or as
// a page with Shift. A task that the server has not numbered yet is named by its id.

import type { MouseEvent } from 'react'
import { go, openTask, taskHref } from '../../app/place'
import type { LocalTask } from '../../model/task'

export function openCard(task: LocalTask, event?: MouseEvent): void {
  const name = isNumbered(task) ? task.key : task.id
  if (event?.metaKey || event?.ctrlKey) window.open(taskHref(name), '_blank', 'noopener')
  else if (event?.shiftKey) go(taskHref(name))
  else openTask(name)
}

/** What an address says: addresses hold keys in capitals, and so ids too. */
export function nameIn(address: string): string {
  return /^[0-9A-F]{8}-[0-9A-F]{4}-/i.test(address) ? address.toLowerCase() : address
}

function isNumbered(task: LocalTask): boolean {
  return /-\d+$/.test(task.key)
}
