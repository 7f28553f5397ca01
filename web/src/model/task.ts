// Tasks: by project, by key, mine; and what can be done with one.

import { useEffect, useMemo, useReducer } from 'react'
import type { CommandOf, Entry, Guess, Page, Task } from '../protocol'
import { client } from '../sync/client'
import { isInUse } from '../sync/task'
import type { PageStatus } from '../sync/window'
import type { Local, Sent } from './pending'
import { useWatch } from './watch'

/** A task, perhaps with a change still on its way. A new one has the key `ENG-…` until then. */
export type LocalTask = Task & { local?: Local }

export interface Tasks {
  /** By rank, then number; without archived and deleted ones. */
  tasks: readonly LocalTask[]
  status: PageStatus
}

/** All tasks of a project; loaded when first used, live afterwards. */
export function useTasks(projectId: string | undefined): Tasks {
  useEffect(() => (projectId ? client.tasks.open(projectId) : undefined), [projectId])
  return useWatch(`tasks:${projectId}`, () => client.view.tasks(projectId ?? ''))
}

/** Tasks of every project that are assigned to the reader; loaded when first used. */
export function useMyTasks(): Tasks {
  useEffect(() => client.tasks.openMine(), [])
  return useWatch('tasks:mine', () => client.view.myTasks())
}

/** Tasks of these projects that the reader follows; loads the projects' tasks. */
export function useFollowedTasks(projects: readonly string[]): Tasks {
  const [tick, renew] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const ends = projects.flatMap((id) => [
      client.tasks.open(id),
      client.view.subscribe(`tasks:${id}`, renew),
    ])
    renew()
    return () => {
      for (const end of ends) end()
    }
  }, [projects])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick says that the view changed
  return useMemo(() => {
    const lists = projects.map((id) => client.view.tasks(id))
    const me = client.view.me().id
    return {
      tasks: lists.flatMap(({ tasks }) => tasks.filter((task) => task.followers?.includes(me))),
      status: lists.find(({ status }) => status !== 'ready')?.status ?? 'ready',
    }
  }, [projects, tick])
}

/** Every task that this replica holds now; not live. */
export function loadedTasks(): Task[] {
  return [...client.view.replica.tasks.values()].filter(isInUse)
}

/** Tasks whose title has these words, on the server; newest changes first. Throws `Refused`. */
export async function searchTasks(text: string, limit = 20): Promise<Task[]> {
  const query = new URLSearchParams({ text, limit: String(limit), order: 'updated' })
  return (await client.get<Page<Task>>(`/tasks?${query}`)).items
}

/** By id or key; looked up on the server when unknown. Null: there is none that one may see. */
export function useTask(idOrKey: string | undefined): LocalTask | null | undefined {
  useEffect(() => {
    if (idOrKey) client.tasks.want(idOrKey)
  }, [idOrKey])
  return useWatch(`task:${idOrKey}`, () => (idOrKey ? client.view.task(idOrKey) : undefined))
}

/** A task if this replica holds it now; not live. */
export function knownTask(id: string): Task | undefined {
  return client.view.replica.tasks.get(id)
}

/** By key; many on one screen become one request. Undefined until known, null if invisible. */
export function useTaskByKey(key: string | undefined): LocalTask | null | undefined {
  return useTask(key)
}

/** The tasks below this one that are loaded. */
export function useSubtasks(taskId: string): readonly LocalTask[] {
  return useWatch(`subtasks:${taskId}`, () => client.view.subtasks(taskId))
}

/** One task, asked of the server. Throws `Refused`. */
export function loadTask(idOrKey: string): Promise<Task> {
  return client.get<Task>(`/tasks/${idOrKey}`)
}

/** A page of the task's entries, oldest first. Throws `Refused`. */
export function loadHistory(idOrKey: string, cursor?: string): Promise<Page<Entry>> {
  const query = new URLSearchParams({ limit: '200', ...(cursor ? { cursor } : {}) })
  return client.get<Page<Entry>>(`/tasks/${idOrKey}/history?${query}`)
}

export function createTask(fields: Omit<CommandOf<'create_task'>, 'type' | 'id'>): Sent {
  return client.create({ type: 'create_task', ...fields })
}

export function updateTask(
  task: string,
  changes: Omit<CommandOf<'update_task'>, 'type' | 'task'>,
): Sent {
  return client.execute({ type: 'update_task', task, ...changes })
}

/** Into a column, directly below `after` or above `before`. */
export function moveTask(task: string, to: Omit<CommandOf<'move_task'>, 'type' | 'task'>): Sent {
  return client.execute({ type: 'move_task', task, ...to })
}

/** Out of boards and lists. */
export function archiveTask(task: string): Sent {
  return client.execute({ type: 'archive_task', task })
}

/** Back from the archive or the trash. */
export function restoreTask(task: string): Sent {
  return client.execute({ type: 'restore_task', task })
}

/** Into the trash. */
export function deleteTask(task: string): Sent {
  return client.execute({ type: 'delete_task', task })
}

export function followTask(task: string, follow: boolean): Sent {
  return client.execute({ type: 'follow_task', task, follow })
}

/** The joint. `settled` gives id and key; rejects with `already_a_task` and the task. */
export function makeTask(
  message: string,
  fields: Omit<CommandOf<'make_task'>, 'type' | 'id' | 'message'> = {},
): Sent {
  return client.create({ type: 'make_task', message, ...fields })
}

/** What `makeTask` would fill in. Throws `Refused`. */
export function guessTask(message: string): Promise<Guess> {
  return client.get<Guess>(`/messages/${message}/task`)
}
