// What a message answers, in one line above its words; pressing it goes there. Also above the
// composer, while the answer is being written.

import { TextQuote, X } from 'lucide-react'
import { go, messageHref } from '../../../app/place'
import { t } from '../../../i18n'
import { useMember } from '../../../model/member'
import type { LocalMessage } from '../../../model/message'
import type { Context } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { plain } from '../../../ui/markdown/parse'

export function Answered({ context }: { context: Context }) {
  const quote = context.quotes[0]
  const author = useMember(quote?.author)
  if (!quote) return null
  const who = author?.name ?? t('common.unknown_member')
  return (
    <a
      href={messageHref(context.message)}
      className="mb-0.5 flex w-fit max-w-full gap-1.5 border-line-strong border-l-2 pl-2 text-sm
        text-soft hover:text-ink"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        go(messageHref(context.message))
      }}
    >
      <span className="shrink-0 font-medium">
        <span className="sr-only">{t('quote.answers_to')} </span>
        {who}
      </span>
      <span className="truncate">{plain(quote.text) || t('retention.erased')}</span>
    </a>
  )
}

interface BarProps {
  message: LocalMessage
  onDrop(): void
}

export function AnsweringBar({ message, onDrop }: BarProps) {
  const author = useMember(message.author)
  return (
    <div className="flex min-w-0 items-center gap-2 px-3 pt-2 text-sm text-soft">
      <TextQuote size={14} aria-hidden className="shrink-0 text-accent-ink" />
      <span className="shrink-0 font-medium">
        {t('quote.answers', { who: author?.name ?? t('common.unknown_member') })}
      </span>
      <span className="min-w-0 flex-1 truncate">
        {plain(message.text) || message.files?.map(({ name }) => name).join(', ')}
      </span>
      <IconButton size="sm" label={t('quote.drop')} onClick={onDrop}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  )
}
