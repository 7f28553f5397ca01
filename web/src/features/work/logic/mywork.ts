// Tasks by when they are due, in the member's time zone. Pure.

import type { Task } from '../../../protocol'
import { type DueBucket, dayOf, dueBucket } from './due'
import { PRIORITIES } from './filter'

/** In the order of the page. */
export const BUCKETS: readonly DueBucket[] = ['overdue', 'today', 'soon', 'later', 'none']

/** Earliest first; on one day the most urgent first, whole days after points in time. */
export function byDue<T extends Task>(
  tasks: readonly T[],
  zone: string,
  now: Date,
): Record<DueBucket, T[]> {
  const buckets: Record<DueBucket, T[]> = { overdue: [], today: [], soon: [], later: [], none: [] }
  for (const task of tasks) buckets[dueBucket(task.due, zone, now)].push(task)
  for (const bucket of BUCKETS) {
    buckets[bucket].sort((a, b) => compareDue(a, b, zone) || compareUrgency(a, b))
  }
  return buckets
}

function compareDue(a: Task, b: Task, zone: string): number {
  if (!a.due || !b.due) return 0
  const [one, other] = [dayOf(a.due, zone), dayOf(b.due, zone)]
  if (one !== other) return one < other ? -1 : 1
  if (a.due.length > 10 && b.due.length > 10) return Date.parse(a.due) - Date.parse(b.due)
  return b.due.length - a.due.length
}

function compareUrgency(a: Task, b: Task): number {
  return PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority) || a.number - b.number
}
