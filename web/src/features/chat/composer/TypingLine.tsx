// Who is typing: one quiet line of a fixed height, so that nothing moves when it comes and goes.

import { t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import { useMembers } from '../../../model/member'
import type { Conversation } from '../../../model/message'
import { useTyping } from '../../../model/typing'

/** Beyond this "several people". */
const NAMES_MAX = 3

export function TypingLine({ conversation }: { conversation: Conversation }) {
  const typing = useTyping(conversation)
  const members = useMembers()
  const names = typing.flatMap((id) => members.find((member) => member.id === id)?.name ?? [])
  return (
    <p aria-live="polite" className="h-5 truncate px-3 text-faint text-xs leading-5">
      {names.length > NAMES_MAX
        ? t('chat.typing_several')
        : names.length > 0 && t('chat.typing', { who: formatList(names), count: names.length })}
    </p>
  )
}
