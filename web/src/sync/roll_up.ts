// What lies below tasks, added up as the server does it: cancelled sub-tasks do not count, nor what
// lies below one that is put aside. Pure; walks all tasks once, whatever the depth.

import type { Category, RollUp, Task } from '../protocol'
import { isInUse } from './task'

type CategoryOf = (project: string, state: string) => Category | undefined

const DAY_MS = 86_400_000

/** For every task that has sub-tasks. Sums of `before` that are the same stay the same objects. */
export function rollUpsOf(
  tasks: readonly Task[],
  categoryOf: CategoryOf,
  before: ReadonlyMap<string, RollUp> = new Map(),
): Map<string, RollUp> {
  const ordered = downwards(tasks)
  const sums = new Map<string, RollUp>()
  for (let at = ordered.length - 1; at >= 0; at -= 1) {
    const task = ordered[at] as Task
    if (!task.parent) continue
    let sum = sums.get(task.parent)
    if (!sum) {
      sum = { task: task.parent, total: 0, done: 0, estimate: 0, done_estimate: 0 }
      sums.set(task.parent, sum)
    }
    const category = categoryOf(task.project, task.state)
    if (category !== 'cancelled') add(sum, ownOf(task, category === 'done'))
    const below = sums.get(task.id)
    if (below) add(sum, below)
  }
  for (const [id, sum] of sums) {
    const known = before.get(id)
    if (known && isSame(known, sum)) sums.set(id, known)
  }
  return sums
}

/** Each before those below it; what a circle holds is left out. */
function downwards(tasks: readonly Task[]): Task[] {
  const below = new Map<string, Task[]>()
  const there = new Map<string, Task>()
  for (const task of tasks) if (isInUse(task)) there.set(task.id, task)
  const ordered: Task[] = []
  for (const task of there.values()) {
    if (!task.parent || !there.has(task.parent)) {
      // Nothing is above it here, so nobody's sum has it.
      ordered.push(task.parent ? { ...task, parent: undefined } : task)
      continue
    }
    const beside = below.get(task.parent)
    if (beside) beside.push(task)
    else below.set(task.parent, [task])
  }
  for (let at = 0; at < ordered.length; at += 1) {
    const next = below.get((ordered[at] as Task).id)
    if (next) for (const task of next) ordered.push(task)
  }
  return ordered
}

type Sums = Omit<RollUp, 'task'>

function ownOf(task: Task, done: boolean): Sums {
  const estimate = task.estimate ?? 0
  return {
    total: 1,
    done: done ? 1 : 0,
    estimate,
    done_estimate: done ? estimate : 0,
    start: task.start,
    due: task.due,
  }
}

function add(sum: RollUp, more: Sums): void {
  sum.total += more.total
  sum.done += more.done
  sum.estimate += more.estimate
  sum.done_estimate += more.done_estimate
  if (more.start && (!sum.start || more.start < sum.start)) sum.start = more.start
  if (more.due && (!sum.due || endOf(more.due) > endOf(sum.due))) sum.due = more.due
}

/** A day ends when it ends in UTC, and is later than a moment of its own. */
function endOf(due: string): number {
  return due.length === 10 ? Date.parse(`${due}T00:00:00Z`) + DAY_MS : Date.parse(due)
}

function isSame(a: RollUp, b: RollUp): boolean {
  return (
    a.total === b.total &&
    a.done === b.done &&
    a.estimate === b.estimate &&
    a.done_estimate === b.done_estimate &&
    a.start === b.start &&
    a.due === b.due
  )
}
