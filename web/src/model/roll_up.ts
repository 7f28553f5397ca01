// What lies below a task: added up here where all tasks of its project are, else asked of the
// server, many rows in one request.

import { useEffect } from 'react'
import type { Page, RollUp, Task } from '../protocol'
import { client } from '../sync/client'
import { rollUpsOf } from '../sync/roll_up'
import { useWatch } from './watch'

type Named = Pick<Task, 'id' | 'project'>

/** Undefined while unknown, and where nothing lies below that counts. */
export function useRollUp(task: Named): RollUp | undefined {
  const { id, project } = task
  const isHere = useWatch(`tasks:${project}`, () => isWhole(project))
  const here = useWatch(`tasks:${project}`, () => (isHere ? localOf(project).get(id) : undefined))
  const asked = useWatch(topicOf(id), () => held.get(id))
  useEffect(() => (isHere ? undefined : show({ id, project })), [isHere, id, project])
  const found = isHere ? here : asked
  return found && found.total > 0 ? found : undefined
}

function isWhole(project: string): boolean {
  return client.view.replica.taskLists.get(project) === 'ready' && !client.tasks.isCut(project)
}

interface Local {
  tasks: readonly Task[]
  workflow: unknown
  sums: ReadonlyMap<string, RollUp>
}

/** Of the projects on screen; anew when a task or the workflow changes, for all rows at once. */
const local = new Map<string, Local>()

function localOf(project: string): ReadonlyMap<string, RollUp> {
  const { tasks } = client.view.tasks(project)
  const workflow = client.view.replica.projects.get(project)?.workflow
  const known = local.get(project)
  if (known?.tasks === tasks && known.workflow === workflow) return known.sums
  const sums = rollUpsOf(tasks, client.view.replica.categoryOf, known?.sums)
  local.set(project, { tasks, workflow, sums })
  return sums
}

// --- asked of the server

/** Limit: tasks of one request. */
const TASKS_MAX = 100
/** Changes of a project within this are answered by one request, milliseconds. */
const PACE_MS = 400

const held = new Map<string, RollUp>()
/** How many rows show a task; and by project, with the end of its subscription. */
const shown = new Map<string, { rows: Map<string, number>; end: () => void }>()
const wanted = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

const topicOf = (task: string) => `roll_up:${task}`

function show({ id, project }: Named): () => void {
  const place = shown.get(project) ?? open(project)
  place.rows.set(id, (place.rows.get(id) ?? 0) + 1)
  if (!held.has(id)) want([id], 0)
  return () => {
    const left = (place.rows.get(id) ?? 1) - 1
    if (left > 0) return void place.rows.set(id, left)
    place.rows.delete(id)
    held.delete(id)
    wanted.delete(id)
    if (place.rows.size > 0) return
    place.end()
    shown.delete(project)
  }
}

function open(project: string) {
  const rows = new Map<string, number>()
  const changed = () => want(rows.keys(), PACE_MS)
  const end = client.view.subscribe(`progress:project:${project}`, changed)
  const place = { rows, end }
  shown.set(project, place)
  return place
}

function want(ids: Iterable<string>, afterMs: number): void {
  for (const id of ids) wanted.add(id)
  if (timer === undefined) timer = setTimeout(() => void ask(), afterMs)
}

async function ask(): Promise<void> {
  timer = undefined
  const ids = [...wanted]
  wanted.clear()
  for (let at = 0; at < ids.length; at += TASKS_MAX) {
    const tasks = ids.slice(at, at + TASKS_MAX)
    try {
      const { items } = await client.get<Page<RollUp>>(`/roll-ups?tasks=${tasks.join(',')}`)
      for (const item of items) held.set(item.task, item)
      client.view.replica.tell(items.map((item) => topicOf(item.task)))
    } catch {
      // Without a connection they show what they showed; the next change asks again.
    }
  }
}
