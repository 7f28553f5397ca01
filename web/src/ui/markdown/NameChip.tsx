// A name in a text that says more when one rests on it or presses it.

import { type ReactNode, useState } from 'react'
import { HoverCard } from '../HoverCard'

interface Props {
  /** As it was written, `@张三`. */
  text: string
  /** It is the reader, or a group of theirs. */
  own: boolean
  /** What the card shows; it may close it. */
  children(close: () => void): ReactNode
}

export function NameChip({ text, own, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <HoverCard
      open={open}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <button
          type="button"
          className={own ? 'mention mention-own' : 'mention'}
          onClick={() => setOpen(true)}
        >
          {text}
        </button>
      }
    >
      {children(() => setOpen(false))}
    </HoverCard>
  )
}
