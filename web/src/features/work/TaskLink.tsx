// A task's key and title as a link: beside the page on a plain click, in a tab of its own with the
// browser's modifier. Works where what is around it is disabled.

import type { ReactNode } from 'react'
import { openTask, taskHref } from '../../app/place'
import type { LocalTask } from '../../model/task'
import { cx } from '../../ui/class'
import { nameOf } from './open'

interface Props {
  task: LocalTask
  /** Done or cancelled: struck out. */
  closed?: boolean
  className?: string
  /** In place of key and title. */
  children?: ReactNode
}

export function TaskLink({ task, closed = false, className, children }: Props) {
  const name = nameOf(task)
  return (
    <a
      href={taskHref(name)}
      className={cx('min-w-0 rounded-sm', className)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        openTask(name)
      }}
    >
      {children ?? (
        <>
          <span className="shrink-0 text-faint text-xs">{task.key}</span>
          <span className={cx('truncate', closed && 'text-faint line-through')}>{task.title}</span>
        </>
      )}
    </a>
  )
}
