/** What the button of a picker says: what is chosen, or what is to be chosen. */
import type { ReactNode } from 'react'
import { cx } from '../../../ui/class'

export function Words({ empty, children }: { empty: string; children?: ReactNode }) {
  return (
    <span
      // The button's name says already what is missing.
      aria-hidden={!children}
      className={cx('max-w-40 truncate', !children && 'text-soft')}
    >
      {children || empty}
    </span>
  )
}
