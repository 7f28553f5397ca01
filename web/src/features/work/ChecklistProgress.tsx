// How far the checklist of a task is, small: `2/5`. Nothing without one.

import { ListChecks } from 'lucide-react'
import { t } from '../../i18n'
import { doneOf } from '../../model/checklist'
import type { ChecklistItem } from '../../protocol'
import { cx } from '../../ui/class'

interface Props {
  items: readonly ChecklistItem[] | undefined
  className?: string
}

export function ChecklistProgress({ items, className }: Props) {
  if (!items?.length) return null
  const done = doneOf(items)
  return (
    <span
      className={cx(
        'flex shrink-0 items-center gap-1 tabular-nums',
        done === items.length && 'text-done',
        className,
      )}
      title={`${t('work.checklist')}: ${t('work.checklist_done', { done, total: items.length })}`}
    >
      <ListChecks size={12} aria-hidden />
      {done}/{items.length}
    </span>
  )
}
