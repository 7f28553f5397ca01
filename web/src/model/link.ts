// Links between tasks, and what waits for what.

import { useEffect, useMemo, useReducer } from 'react'
import type { CommandOf, Link, LinkKind, Task } from '../protocol'
import { client } from '../sync/client'
import { isInUse } from '../sync/task'
import type { Sent } from './pending'

/** In the order in which they are shown. */
export const LINK_KINDS: readonly LinkKind[] = [
  'blocked_by',
  'blocks',
  'relates',
  'duplicates',
  'duplicated_by',
]

export function linkTasks(
  task: string,
  kind: LinkKind,
  other: string,
  more: Pick<CommandOf<'link_tasks'>, 'lag_days' | 'close'> = {},
): Sent {
  return client.execute({ type: 'link_tasks', task, kind, other, ...more })
}

export function unlinkTasks(task: string, { kind, task: other }: Link): Sent {
  return client.execute({ type: 'unlink_tasks', task, kind, other })
}

const NONE: readonly Task[] = []

/** The tasks that block this one and are still open, as far as the reader may see them; live. */
export function useOpenBlockers(task: Task): readonly Task[] {
  const [tick, renew] = useReducer((count: number) => count + 1, 0)
  // The list changes with the task alone: cards without blockers cost nothing.
  const ids = useMemo(
    () => task.links?.filter(({ kind }) => kind === 'blocked_by').map((link) => link.task),
    [task.links],
  )
  useEffect(() => {
    if (!ids?.length) return
    const ends = ids.map((id) => {
      client.tasks.want(id)
      return client.view.subscribe(`task:${id}`, renew)
    })
    renew()
    return () => {
      for (const end of ends) end()
    }
  }, [ids])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick says that the view changed
  return useMemo(() => {
    if (!ids?.length) return NONE
    return ids.flatMap((id) => {
      const other = client.view.task(id)
      return other && isInUse(other) && !other.closed_at ? [other] : []
    })
  }, [ids, tick])
}
