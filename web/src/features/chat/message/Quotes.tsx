// What was said elsewhere, kept as it was: in the first message of a task that was made from talk,
// and in a message that passes another on.

import { MessageSquareQuote } from 'lucide-react'
import { go, messageHref } from '../../../app/place'
import { rich, t } from '../../../i18n'
import { formatWhen } from '../../../i18n/format'
import { useChannel, useChannelName } from '../../../model/channel'
import { useMember } from '../../../model/member'
import type { Context, Quote } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { Markdown } from '../../../ui/markdown/Markdown'

interface Props {
  context: Context
  kind: 'task' | 'forward'
}

export function Quotes({ context, kind }: Props) {
  const channel = useChannel(context.channel)
  const name = useChannelName(context.channel)
  const title = channel?.kind === 'direct' || !channel ? name : `#${name}`
  return (
    <div className="rounded-md border border-line bg-sunken px-3 py-2">
      <p className="mb-1.5 flex items-center gap-1.5 text-faint text-xs">
        <MessageSquareQuote size={14} aria-hidden />
        {channel
          ? rich(kind === 'task' ? 'chat.made_from' : 'quote.from', {
              where: (
                <a
                  href={messageHref(context.message)}
                  className="font-medium text-accent-ink hover:underline"
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return
                    event.preventDefault()
                    go(messageHref(context.message))
                  }}
                >
                  {title}
                </a>
              ),
            })
          : t(kind === 'task' ? 'chat.made_from_elsewhere' : 'quote.from_elsewhere')}
      </p>
      <ul className="flex flex-col gap-2">
        {context.quotes.map((quote) => (
          <QuoteLine key={quote.message} quote={quote} />
        ))}
      </ul>
    </div>
  )
}

function QuoteLine({ quote }: { quote: Quote }) {
  const author = useMember(quote.author)
  return (
    <li className="flex gap-2">
      <Avatar member={author} size={20} className="mt-px" />
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          <span className="font-medium">{author?.name ?? t('common.unknown_member')}</span>{' '}
          <span className="text-faint text-xs">{formatWhen(quote.at)}</span>
        </p>
        {quote.text ? (
          <Markdown text={quote.text} />
        ) : (
          <p className="text-faint text-sm">{t('retention.erased')}</p>
        )}
      </div>
    </li>
  )
}
