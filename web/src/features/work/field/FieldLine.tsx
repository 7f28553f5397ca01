// One field of a task in a column of them: its name, and beside it what is shown or edited.

import type { ReactNode } from 'react'
import type { Field } from '../../../protocol'

interface Props {
  name: string
  /** Says more of it, to whoever points at the name. */
  title?: string
  children: ReactNode
  /** A button at the end. */
  action?: ReactNode
}

export function FieldLine({ name, title, children, action }: Props) {
  return (
    <div className="group/line flex min-h-8 items-start">
      <span className="w-22 shrink-0 truncate py-1.5 pr-2 text-faint text-sm" title={title}>
        {name}
      </span>
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  )
}

/** The whole name of a custom field, and what it is for. */
export function fieldTitle({ name, description }: Field): string {
  return [name, description].filter(Boolean).join('\n')
}
