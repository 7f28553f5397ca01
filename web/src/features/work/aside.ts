// Puts a task aside, says so, and offers to take it back.

import { t } from '../../i18n'
import { failureText } from '../../model/pending'
import { archiveTask, deleteTask, restoreTask } from '../../model/task'
import type { Task } from '../../protocol'
import { toast } from '../../ui/Toast'

type Named = Pick<Task, 'id' | 'key'>

export function archive(task: Named): void {
  settle(archiveTask(task.id).settled, t('work.archive_done', { key: task.key }), task)
}

export function remove(task: Named): void {
  settle(deleteTask(task.id).settled, t('work.delete_done', { key: task.key }), task)
}

export function restore(task: Named): void {
  settle(restoreTask(task.id).settled, t('work.restore_done', { key: task.key }))
}

/** `undo`: the task that can be taken back. */
function settle(settled: Promise<unknown>, said: string, undo?: Named): void {
  settled.then(
    () =>
      toast({
        title: said,
        ...(undo && { action: { label: t('work.undo'), run: () => restore(undo) } }),
      }),
    (error: Error) => toast({ title: failureText(error), kind: 'error' }),
  )
}
