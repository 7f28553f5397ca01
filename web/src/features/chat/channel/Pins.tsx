// The pinned messages of a channel, in the pane about it.

import { Link } from '@tanstack/react-router'
import { PinOff } from 'lucide-react'
import { messageHref } from '../../../app/place'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { useMember } from '../../../model/member'
import { namedIn } from '../../../model/message'
import { failureText } from '../../../model/pending'
import { togglePin, usePins } from '../../../model/shelf'
import type { Channel, Message } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { IconButton } from '../../../ui/Button'
import { Markdown } from '../../../ui/markdown/Markdown'
import { toast } from '../../../ui/Toast'

interface Props {
  channel: Channel
  /** The reader may take pins off. */
  changes: boolean
}

export function Pins({ channel, changes }: Props) {
  const pins = usePins(channel.id)
  if (!pins) return null
  return (
    <section aria-label={t('chat.pins')} className="mt-5">
      <h3 className="mb-1 font-medium text-faint text-xs">
        {pins.length > 0 ? t('chat.pins_count', { count: pins.length }) : t('chat.pins')}
      </h3>
      {pins.length === 0 && <p className="text-faint text-sm">{t('chat.pins_empty')}</p>}
      <ul className="flex flex-col gap-2">
        {pins.map((message) => (
          <Pinned key={message.id} message={message} changes={changes} />
        ))}
      </ul>
    </section>
  )
}

function Pinned({ message, changes }: { message: Message; changes: boolean }) {
  const author = useMember(message.author)
  return (
    <li className="group relative rounded-md border bg-raised px-3 py-2">
      <div className="flex items-center gap-2">
        {author && <Avatar member={author} size={20} />}
        <span className="truncate font-medium text-sm">
          {message.alias?.name ?? author?.name ?? t('common.unknown_member')}
        </span>
        <Link
          to={messageHref(message.id)}
          preload={false}
          title={formatFull(message.at)}
          className="min-w-0 flex-1 truncate text-faint text-xs hover:text-soft hover:underline"
        >
          {formatWhen(message.at)}
          <span className="sr-only"> {t('chat.pin_open')}</span>
        </Link>
        {changes && (
          <IconButton
            size="sm"
            label={t('chat.unpin')}
            onClick={() => togglePin(message).settled.catch(failed)}
          >
            <PinOff size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="mt-1 line-clamp-4 break-words text-sm">
        <Markdown text={message.text} mentions={namedIn(message)} />
      </div>
    </li>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}
