// The talk that a task was made from: what was said, where, and the way back.

import { CornerUpLeft } from 'lucide-react'
import { go, messageHref } from '../../../app/place'
import { t } from '../../../i18n'
import { useChannel, useChannelName } from '../../../model/channel'
import { useMessages } from '../../../model/message'
import type { Task } from '../../../protocol'
import { Quotes } from '../../chat/message/Quotes'

/** Nothing for a task that was not made from a message. */
export function SourceQuote({ task }: { task: Task }) {
  return task.source ? <Shown task={task} source={task.source} /> : null
}

function Shown({ task, source }: { task: Task; source: NonNullable<Task['source']> }) {
  const channel = useChannel(source.channel)
  const name = useChannelName(source.channel)
  const { items } = useMessages({ task: task.id })
  const context = items.find((message) => message.context)?.context
  if (context)
    return (
      <div className="my-3">
        <Quotes context={context} kind="task" />
      </div>
    )
  // What was quoted lies on an older page, or the channel is not the reader's.
  return (
    <p className="my-3 flex items-center gap-1.5 text-faint text-sm">
      <CornerUpLeft size={14} aria-hidden />
      {channel ? (
        <a
          href={messageHref(source.message)}
          className="text-accent-ink hover:underline"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            go(messageHref(source.message))
          }}
        >
          {t(channel.kind === 'direct' ? 'work.from_direct' : 'work.from_channel', { name })}
        </a>
      ) : (
        t('work.from_talk')
      )}
    </p>
  )
}
