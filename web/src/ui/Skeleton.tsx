// Grey shapes in place of what is being loaded; they appear only if it takes over 150 ms.

import { cx } from './class'

/** One bar; give it a width and a height by class. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('late rounded-md bg-hover', className)} />
}
