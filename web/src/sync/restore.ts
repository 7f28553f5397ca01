// Puts what the disk kept beside a snapshot back into the replica.

import type { Message, Task } from '../protocol'
import type { Replica } from './replica'

/** All of it as of the snapshot's seq. */
export function restore(
  replica: Replica,
  windows: readonly { key: string; messages: Message[]; roots: Message[]; hasOlder: boolean }[],
  tasks: readonly Task[],
  lists: readonly string[],
): void {
  for (const { key, messages, roots, hasOlder } of windows) {
    for (const message of [...messages, ...roots]) replica.messages.set(message.id, message)
    const ids = messages.map(({ id }) => id)
    replica.setWindow(key, { ids, status: 'ready', hasOlder, hasNewer: false, stale: false })
  }
  for (const task of tasks) {
    replica.tasks.set(task.id, task)
    replica.taskKeys.set(task.key, task.id)
  }
  for (const list of lists) replica.taskLists.set(list, 'ready')
  replica.tell(new Set(['*']))
}
