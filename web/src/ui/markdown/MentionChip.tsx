// A person named in a text. Resting on it or pressing it shows who that is.

import { useState } from 'react'
import { HoverCard } from '../HoverCard'
import { MemberCard } from './MemberCard'

interface Props {
  member: string
  /** As it was written, `@张三`. */
  text: string
  /** It is the reader. */
  own: boolean
}

export function MentionChip({ member, text, own }: Props) {
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
      <MemberCard id={member} onDone={() => setOpen(false)} />
    </HoverCard>
  )
}
