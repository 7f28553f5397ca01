// What one entry does to one task, exactly as the server's rows change. Pure.

import type { Category, Entry, EventOf, Task, TaskChange } from '../protocol'
import { withItem } from './checklist'
import { withValues } from './field'

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
    case 'task_created':
      if (event.task.id !== task.id || seq <= task.seq) return task
      return { ...(event.task as Task), seq }
    case 'task_archived':
      if (event.task !== task.id || seq <= task.seq) return task
      return { ...task, archived: true, updated_at: at, seq }
    case 'task_restored':
      if (event.task.id !== task.id || seq <= task.seq) return task
      return { ...(event.task as Task), message_count: task.message_count, seq }
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

/** The task that the entry brings whole, before it; what is restored need not have been kept. */
export function taskIn({ event }: Entry): Task | undefined {
  const isWhole = event.type === 'task_created' || event.type === 'task_restored'
  return isWhole ? { ...(event.task as Task), seq: 0 } : undefined
}

type TaskEvent = EventOf<
  | 'task_created'
  | 'task_changed'
  | 'task_archived'
  | 'task_deleted'
  | 'task_restored'
  | 'task_erased'
>

export function taskIdOf(event: TaskEvent): string {
  return typeof event.task === 'string' ? event.task : event.task.id
}

/** Neither archived nor deleted: boards and lists show it. */
export function isInUse(task: Pick<Task, 'archived' | 'deleted'>): boolean {
  return !task.archived && !task.deleted
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
  if (change.field === 'custom_field') {
    task.fields = withValues(task.fields, { [change.id]: change.to ?? null })
    return
  }
  Object.assign(task, { [change.field]: change.to })
}

/** What an entry about a task changes besides: the project's progress, archive and trash, of which
 *  the replica may hold nothing. */
export function asideTopics({ event, scope }: Entry): string[] {
  const stays = event.type === 'task_created' || event.type === 'task_changed'
  return stays ? [`progress:${scope}`] : [`progress:${scope}`, `aside:${scope}`, 'aside:mine']
}
