// The stream of a task: what was said and what was changed, in one order. Pure.

import type { Activity } from './history'

/** Limit: activity lines in a row that are shown without being asked for. */
export const RUN_MAX = 4

export type StreamItem<M> =
  | { kind: 'message'; message: M }
  /** Some lines in a row; `folded` of the first are not shown until asked for. */
  | { kind: 'activity'; lines: Activity[]; folded: number }

/**
 * Messages are oldest first and may lack older ones (`hasOlder`): then activity before the first
 * of them waits until they are loaded. Runs whose first seq is in `opened` are not folded.
 */
export function streamOf<M extends { seq: number }>(
  messages: readonly M[],
  activity: readonly Activity[],
  hasOlder: boolean,
  opened: ReadonlySet<number>,
): StreamItem<M>[] {
  const first = hasOlder ? (messages[0]?.seq ?? 0) : 0
  const items: StreamItem<M>[] = []
  let run: Activity[] = []
  const flush = () => {
    const head = run[0]
    if (!head) return
    const folded = run.length > RUN_MAX && !opened.has(head.seq) ? run.length - RUN_MAX + 1 : 0
    items.push({ kind: 'activity', lines: run, folded })
    run = []
  }
  let at = 0
  for (const message of messages) {
    for (; (activity[at]?.seq ?? Number.POSITIVE_INFINITY) < message.seq; at++) {
      const line = activity[at]
      if (line && line.seq >= first) run.push(line)
    }
    flush()
    items.push({ kind: 'message', message })
  }
  run.push(...activity.slice(at).filter((line) => line.seq >= first))
  flush()
  return items
}
