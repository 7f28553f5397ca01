/** Filters, groups and sorts tasks for boards and lists; pure, on the local replica. */

import type { Priority, State, Task } from '../../../protocol'
import { byRank } from '../../../sync/rank'
import { isInUse } from '../../../sync/task'
import { fold } from '../../palette/match'

/** What a board or list shows; empty sets show everything. */
export interface Filter {
  text: string
  /** Member ids; `NOBODY` stands for tasks without an assignee. */
  assignees: readonly string[]
  /** Ids. */
  states: readonly string[]
  labels: readonly string[]
  priorities: readonly Priority[]
}

export const NOBODY = 'nobody'
export const NO_FILTER: Filter = {
  text: '',
  assignees: [],
  states: [],
  labels: [],
  priorities: [],
}

/** Most urgent first. */
export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'medium', 'low', 'none']

export function isFiltering(filter: Filter): boolean {
  const { text, assignees, states, labels, priorities } = filter
  return text.trim() !== '' || [assignees, states, labels, priorities].some((one) => one.length > 0)
}

/** The tasks that pass every part of the filter, in the order given. */
export function filterTasks<T extends Task>(tasks: readonly T[], filter: Filter): readonly T[] {
  if (!isFiltering(filter)) return tasks
  const words = fold(filter.text).split(' ').filter(Boolean)
  const { assignees, states, labels, priorities } = filter
  return tasks.filter((task) => {
    if (states.length > 0 && !states.includes(task.state)) return false
    if (priorities.length > 0 && !priorities.includes(task.priority)) return false
    if (labels.length > 0 && !task.labels?.some((label) => labels.includes(label))) return false
    if (assignees.length > 0 && !isAssigned(task, assignees)) return false
    if (words.length === 0) return true
    const labelled = task.labels?.join(' ') ?? ''
    const text = fold(`${task.key} ${task.title} ${labelled} ${task.description ?? ''}`)
    return words.every((word) => text.includes(word))
  })
}

function isAssigned(task: Task, wanted: readonly string[]): boolean {
  const assignees = task.assignees ?? []
  if (assignees.length === 0) return wanted.includes(NOBODY)
  return assignees.some((member) => wanted.includes(member))
}

/** One column of a board, one group of a list. */
export interface Column<T extends Task = Task> {
  state: State
  tasks: T[]
}

/** The tasks of each state in board order. A state no longer known goes to the first column. */
export function columnsOf<T extends Task>(
  states: readonly State[],
  tasks: readonly T[],
): Column<T>[] {
  const columns = states.map((state) => ({ state, tasks: [] as T[] }))
  const byState = new Map(columns.map((column) => [column.state.id, column]))
  for (const task of tasks) {
    if (isInUse(task)) (byState.get(task.state) ?? columns[0])?.tasks.push(task)
  }
  for (const column of columns) column.tasks.sort(byRank)
  return columns
}

export type SortKey = 'rank' | 'priority' | 'due' | 'updated' | 'created' | 'title'
export const SORT_KEYS: readonly SortKey[] = [
  'rank',
  'priority',
  'due',
  'updated',
  'created',
  'title',
]

/** A sorted copy; equals keep board order. */
export function sortTasks<T extends Task>(
  tasks: readonly T[],
  key: SortKey,
  language: string,
): T[] {
  const sorted = [...tasks].sort(byRank)
  if (key === 'rank') return sorted
  const words = new Intl.Collator(language, { numeric: true })
  const compare: Record<Exclude<SortKey, 'rank'>, (a: Task, b: Task) => number> = {
    priority: (a, b) => urgency(a) - urgency(b),
    due: (a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'),
    updated: (a, b) => (a.updated_at < b.updated_at ? 1 : a.updated_at > b.updated_at ? -1 : 0),
    created: (a, b) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : 0),
    title: (a, b) => words.compare(a.title, b.title),
  }
  return sorted.sort(compare[key])
}

function urgency(task: Task): number {
  return PRIORITIES.indexOf(task.priority)
}

/** The same arrays where a column did not change, so that it is not drawn anew. */
export function keepColumns<T extends Task>(before: Column<T>[], now: Column<T>[]): Column<T>[] {
  return now.map((column, at) => {
    const old = before[at]
    const same =
      old?.state === column.state &&
      old.tasks.length === column.tasks.length &&
      old.tasks.every((task, index) => task === column.tasks[index])
    return same ? old : column
  })
}

/** Every label in use, most used first. */
export function labelsOf(tasks: readonly Task[]): string[] {
  const uses = new Map<string, number>()
  for (const task of tasks)
    for (const label of task.labels ?? []) uses.set(label, (uses.get(label) ?? 0) + 1)
  return [...uses].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([label]) => label)
}
