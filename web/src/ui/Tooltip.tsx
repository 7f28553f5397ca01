// A hint beside what the pointer or the focus rests on. Never the only place of a fact.

import type { ReactElement, ReactNode } from 'react'
import { useFloating } from './floating'

export interface TooltipProps {
  text: ReactNode
  /** Shown beside the text, as `Mod+K`. */
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** One element that takes a ref. */
  children: ReactElement<Record<string, unknown>>
}

export function Tooltip(props: TooltipProps) {
  const parts = useFloating()
  return parts ? <parts.Tooltip {...props} /> : props.children
}
