import type { ReactNode } from 'react'
import { cx } from '../../ui/class'

interface PartProps {
  /** Left out where the page itself says it. */
  title?: ReactNode
  hint?: ReactNode
  /** A button at the end of the heading. */
  action?: ReactNode
  children: ReactNode
}

/** A group of settings under a heading of its own. */
export function Part({ title, hint, action, children }: PartProps) {
  return (
    <section className="mt-8 first:mt-0">
      <div className={cx('flex gap-3', title ? 'mb-2 items-end' : 'mb-4 items-center lg:-mt-4')}>
        <div className="min-w-0 flex-1">
          {title && <h3 className="font-semibold">{title}</h3>}
          {hint && <p className="text-sm text-soft">{hint}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
