// How much was said since one was last here, where it began further up than what was loaded: the
// way there, and the way to be left in peace. Gone once the line of what is new was in sight.

import { ArrowUp, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openChannel } from '../../../app/place'
import { t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import { loadFirstAfter, type Messages } from '../../../model/message'
import type { Message } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { isAbove, type UnreadLine } from '../list/unread'

interface Props {
  channel: string
  line: UnreadLine
  messages: Messages
}

export function Missed({ channel, line, messages }: Props) {
  const [done, setDone] = useState(false)
  const first = messages.items.find((item) => !item.local)
  const [wasAbove, setAbove] = useState(false)
  // The page that holds it may be fetched meanwhile, and still be far up.
  if (!wasAbove && isAbove(line, first?.seq, messages.hasOlder)) setAbove(true)
  const isShown = wasAbove && !done && line.count > 0
  const begin = useBegin(channel, isShown ? line.after : null)
  if (!isShown || !begin) return null
  const jump = () => {
    setDone(true)
    openChannel(channel, { at: begin.seq })
  }
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center px-4">
      <div
        className="pointer-events-auto flex min-w-0 items-center rounded-full bg-accent pr-0.5
          text-on-accent shadow-popup"
      >
        <Button
          size="sm"
          variant="primary"
          icon={<ArrowUp size={14} aria-hidden />}
          className="min-w-0 shrink! rounded-full!"
          onClick={jump}
        >
          <span className="truncate">
            {t('chat.missed', { count: line.count, when: formatWhen(begin.at) })}
          </span>
        </Button>
        <IconButton
          size="sm"
          variant="primary"
          label={t('common.dismiss')}
          className="rounded-full!"
          onClick={() => setDone(true)}
        >
          <X size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}

/** The first of the new messages; undefined until it is known, and without a connection. */
function useBegin(channel: string, after: number | null): Message | undefined {
  const [begin, setBegin] = useState<Message>()
  useEffect(() => {
    if (after === null) return
    let here = true
    loadFirstAfter(channel, after).then(
      (message) => here && setBegin(message),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [channel, after])
  return begin
}
