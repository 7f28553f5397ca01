import type { ReactNode } from 'react'

interface PartProps {
  title: ReactNode
  hint?: ReactNode
  /** A button at the end of the heading. */
  action?: ReactNode
  children: ReactNode
}

/** A group of settings under a heading of its own. */
export function Part({ title, hint, action, children }: PartProps) {
  return (
    <section className="mt-8 first:mt-0">
      <div className="mb-2 flex items-end gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="font-semibold">{title}</h3>
          {hint && <p className="text-sm text-soft">{hint}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
