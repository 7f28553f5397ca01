// A person named in a text. Resting on it or pressing it shows who that is.

import { PreviewCard } from '@base-ui/react/preview-card'
import { useState } from 'react'
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
    <PreviewCard.Root open={open} onOpenChange={setOpen}>
      <PreviewCard.Trigger
        delay={350}
        render={
          <button
            type="button"
            className={own ? 'mention mention-own' : 'mention'}
            onClick={() => setOpen(true)}
          />
        }
      >
        {text}
      </PreviewCard.Trigger>
      {open && (
        <PreviewCard.Portal>
          <PreviewCard.Positioner sideOffset={6} collisionPadding={8} className="z-50">
            <PreviewCard.Popup className="popup w-72 p-3">
              <MemberCard id={member} onDone={() => setOpen(false)} />
            </PreviewCard.Popup>
          </PreviewCard.Positioner>
        </PreviewCard.Portal>
      )}
    </PreviewCard.Root>
  )
}
