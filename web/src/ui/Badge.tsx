// A count that wants to be seen; nothing for 0.

import { cx } from './class'

export interface BadgeProps {
  count: number
  /** `mention` is loud, `unread` is quiet. */
  kind?: 'mention' | 'unread'
  /** What the number means, for assistive technology. */
  label: string
}

export function Badge({ count, kind = 'unread', label }: BadgeProps) {
  if (count <= 0) return null
  return (
    <span
      className={cx(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full px-1 font-medium text-2xs',
        kind === 'mention' ? 'bg-accent text-on-accent' : 'bg-active text-soft',
      )}
    >
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
