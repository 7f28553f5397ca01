// A window over the page. Focus goes in, is kept in, and returns to where it was.

import type { ReactNode, RefObject } from 'react'
import { useFloating } from './floating'

export interface DialogProps {
  open: boolean
  onOpenChange(open: boolean): void
  title: ReactNode
  description?: ReactNode
  /** The form or text. */
  children?: ReactNode
  /** Buttons at the end, the main one last. */
  footer?: ReactNode
  width?: 'sm' | 'md' | 'lg'
  /** Takes the focus at opening; the first field otherwise. */
  initialFocus?: RefObject<HTMLElement | null>
}

export interface ConfirmProps {
  open: boolean
  onOpenChange(open: boolean): void
  title: ReactNode
  description: ReactNode
  /** Words of the button that does it. */
  action: string
  danger?: boolean
  onConfirm(): void
}

export function Dialog(props: DialogProps) {
  const parts = useFloating()
  return parts && <parts.Dialog {...props} />
}

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const parts = useFloating()
  return parts && <parts.Confirm {...props} />
}
