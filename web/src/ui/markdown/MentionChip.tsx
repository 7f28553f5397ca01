// A person named in a text. Resting on it or pressing it shows who that is.

import { MemberCard } from './MemberCard'
import { NameChip } from './NameChip'

interface Props {
  member: string
  /** As it was written, `@张三`. */
  text: string
  /** It is the reader. */
  own: boolean
}

export function MentionChip({ member, text, own }: Props) {
  return (
    <NameChip text={text} own={own}>
      {(close) => <MemberCard id={member} onDone={close} />}
    </NameChip>
  )
}
