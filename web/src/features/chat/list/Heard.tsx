// What a screen reader says of a conversation that is open: each message of others as it comes.
// The list is no live region, because scrolling draws rows there that are not new.

import { useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { useMe, useMember } from '../../../model/member'
import type { LocalMessage, Messages } from '../../../model/message'
import { plain } from '../../../ui/markdown/parse'
import { cameSince } from './heard'

/** Limit: lines that stay in the page; readers say only what is added. */
const KEPT_MAX = 5

export function Heard({ messages: { items, status, hasNewer } }: { messages: Messages }) {
  const me = useMe().id
  const [said, setSaid] = useState<readonly LocalMessage[]>([])
  /** As it was when its newest message was here last. */
  const seen = useRef<readonly LocalMessage[]>(undefined)
  const isLive = status === 'ready' && !hasNewer
  useEffect(() => {
    const before = seen.current
    seen.current = isLive ? items : undefined
    const came = before && isLive ? cameSince(before, items, me) : []
    if (came.length > 0) setSaid((lines) => [...lines, ...came].slice(-KEPT_MAX))
  }, [items, isLive, me])
  return (
    <div role="log" aria-label={t('chat.heard')} className="sr-only">
      {said.map((message) => (
        <Line key={message.id} message={message} />
      ))}
    </div>
  )
}

function Line({ message }: { message: LocalMessage }) {
  const author = useMember(message.author)
  const who = message.alias?.name ?? author?.name ?? t('common.unknown_member')
  const files = message.files?.map(({ name }) => name).join(', ')
  const text = plain(message.text) || files || ''
  return <p>{t('chat.heard_line', { who, text })}</p>
}
