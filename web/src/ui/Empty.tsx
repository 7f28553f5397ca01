// What a place says before there is something in it: one sentence, one button.

import type { ReactNode } from 'react'

export interface EmptyProps {
  /** A 20 px icon. */
  icon?: ReactNode
  title: ReactNode
  hint?: ReactNode
  /** One Button. */
  action?: ReactNode
}

export function Empty({ icon, title, hint, action }: EmptyProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center px-6 py-10 text-center">
      {icon && <div className="mb-3 text-faint">{icon}</div>}
      <p className="font-medium">{title}</p>
      {hint && <p className="mt-1 max-w-sm text-balance text-soft">{hint}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}
