// How far the sub-tasks of a task are, small: `3/7`. Nothing where nothing lies below.

import { ListTree } from 'lucide-react'
import { t } from '../../i18n'
import { useMe } from '../../model/member'
import { useRollUp } from '../../model/roll_up'
import type { RollUp as Sums, Task } from '../../protocol'
import { cx } from '../../ui/class'
import { dueWords } from './pickers'

interface Props {
  task: Pick<Task, 'id' | 'project'>
  className?: string
}

export function RollUp({ task, className }: Props) {
  const sums = useRollUp(task)
  const zone = useMe().time_zone
  if (!sums) return null
  const { done, total } = sums
  const words = [
    `${t('work.subtasks')}: ${t('work.subtasks_done', { done, total })}`,
    ...partsOf(sums, zone),
  ].join(' · ')
  return (
    <span
      className={cx(
        'flex shrink-0 items-center gap-1 tabular-nums',
        done === total && 'text-done',
        className,
      )}
      title={words}
    >
      <ListTree size={12} aria-hidden />
      <span className="sr-only">{t('work.subtasks')} </span>
      {done}/{total}
    </span>
  )
}

/** Points, and from when to when; what there is of these. */
export function partsOf(sums: Sums, zone: string): string[] {
  const parts: string[] = []
  const { start, due } = sums
  if (sums.estimate > 0)
    parts.push(
      t('work.points_done', { done: points(sums.done_estimate), total: points(sums.estimate) }),
    )
  if (start && due)
    parts.push(t('work.from_to', { from: dueWords(start, zone), to: dueWords(due, zone) }))
  else if (start) parts.push(t('work.from_day', { day: dueWords(start, zone) }))
  else if (due) parts.push(t('work.until_day', { day: dueWords(due, zone) }))
  return parts
}

/** Thousandths are the finest that an estimate has. */
const points = (sum: number) => Math.round(sum * 1_000) / 1_000
