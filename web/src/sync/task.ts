// What one entry does to one task, exactly as the server's rows change. Pure.

import type { Category, Entry, Task, TaskChange } from '../protocol'
import { withItem } from './checklist'

/** The task after the entry; the same object if the entry does not concern it. */
export function taskAfter(
  task: Task,
  entry: Entry,
  categoryOf: (project: string, state: string) => Category | undefined,
): Task {
  const { event, seq, at } = entry
  switch (event.type) {
    case 'task_changed': {
      if (event.task !== task.id || seq <= task.seq) return task
      const changed = { ...task, updated_at: at, seq }
      for (const change of event.changes) {
        if (change.field === 'state') {
          const closed = isClosed(categoryOf(task.project, change.to))
          changed.closed_at = closed ? (changed.closed_at ?? at) : null
        }
        setField(changed, change)
      }
      return changed
    }
    case 'task_deleted':
      if (event.task !== task.id || seq <= task.seq) return task
      return { ...task, deleted: true, updated_at: at, seq }
    case 'message_posted':
      if (event.message.task !== task.id) return task
      return { ...task, message_count: task.message_count + 1 }
    case 'message_deleted':
      if (event.task !== task.id) return task
      return { ...task, message_count: task.message_count - 1 }
    default:
      return task
  }
}

/** Done or cancelled. */
export function isClosed(category: Category | undefined): boolean {
  return category === 'done' || category === 'cancelled'
}

function setField(task: Task, change: TaskChange): void {
  if (change.field === 'item') {
    task.checklist = [...withItem(task.checklist ?? [], change.item, change.to)]
    return
  }
  Object.assign(task, { [change.field]: change.to })
}
