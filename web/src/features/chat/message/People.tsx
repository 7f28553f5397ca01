// Short lists of people in a window about a message: who has read it, who has acknowledged it.

import type { ReactNode } from 'react'
import { formatWhen } from '../../../i18n/format'
import type { Member } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'

interface ScrollProps {
  label: string
  className?: string
  children: ReactNode
}

/** Lists that may be longer than their window: the keyboard scrolls them. */
export function Scroll({ label, className, children }: ScrollProps) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing within takes the focus
      tabIndex={0}
      className={cx('overflow-y-auto rounded-md p-2 outline-offset-[-2px]', className)}
    >
      {children}
    </section>
  )
}

export function People({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-1">
      <h3 className="px-2 py-1 font-medium text-faint text-xs">{title}</h3>
      <ul>{children}</ul>
    </section>
  )
}

export function Person({ member, at }: { member: Member; at?: string }) {
  return (
    <li className="flex items-center gap-2 px-2 py-1">
      <Avatar member={member} size={20} />
      <span className="min-w-0 flex-1 truncate">{member.name}</span>
      {at && <time className="shrink-0 text-faint text-xs tabular-nums">{formatWhen(at)}</time>}
    </li>
  )
}
