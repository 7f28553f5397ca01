// A small window beside its trigger, for pickers and short forms.

import type { ReactElement, ReactNode, RefObject } from 'react'
import { useFloating } from './floating'

export interface PopoverProps {
  /** Opens it; one element that takes a ref. Leave out with `anchor` and `open`. */
  trigger?: ReactElement<Record<string, unknown>>
  /** Where it stands when there is no trigger. */
  anchor?: Element | RefObject<Element | null> | null
  open?: boolean
  onOpenChange?(open: boolean): void
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** Names the window for assistive technology. */
  label: string
  className?: string
  initialFocus?: RefObject<HTMLElement | null>
  /** A function gets `close`. */
  children: ReactNode | ((close: () => void) => ReactNode)
}

export function Popover(props: PopoverProps) {
  const parts = useFloating()
  return parts ? <parts.Popover {...props} /> : props.trigger
}
