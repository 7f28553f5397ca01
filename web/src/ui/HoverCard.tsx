// A card beside what the pointer rests on, for more about a name or a key.

import type { ReactElement, ReactNode } from 'react'
import { useFloating } from './floating'

export interface HoverCardProps {
  /** What it is about; one element that takes a ref. */
  trigger: ReactElement<Record<string, unknown>>
  open: boolean
  onOpenChange(open: boolean): void
  className?: string
  /** Nothing for no card. */
  children: ReactNode
}

export function HoverCard(props: HoverCardProps) {
  const parts = useFloating()
  return parts ? <parts.HoverCard {...props} /> : props.trigger
}
