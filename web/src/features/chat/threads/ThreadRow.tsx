// One followed thread: where it is, what began it, and what is new in it.

import { BellOff } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { openThread } from '../../../app/place'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { useChannel, useChannelName } from '../../../model/channel'
import { useMember } from '../../../model/member'
import { followThread } from '../../../model/notification'
import type { Thread } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { Badge } from '../../../ui/Badge'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { plain } from '../../../ui/markdown/parse'
import { toast } from '../../../ui/Toast'
import { ResolvedMark } from '../message/Resolved'

export function ThreadRow({ thread: { root, unread } }: { thread: Thread }) {
  const author = useMember(root.author)
  const channel = useChannel(root.channel ?? undefined)
  const name = useChannelName(root.channel ?? undefined)
  const leave = () => {
    followThread(root.id, false)
    toast({
      title: t('thread.left'),
      action: { label: t('thread.undo'), run: () => followThread(root.id, true) },
    })
  }
  return (
    <li className="group/row relative">
      <button
        type="button"
        onClick={() => openThread(root.id)}
        onKeyDown={step}
        className="flex w-full min-w-0 gap-3 rounded-md px-3 py-2 pr-12 text-left hover:bg-hover
          focus:bg-hover"
      >
        <Avatar member={author} size={32} className="mt-0.5" />
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className={cx('truncate', unread > 0 ? 'font-semibold' : 'font-medium')}>
              {author?.name ?? t('common.unknown_member')}
            </span>
            <span className="truncate text-faint text-sm">
              {channel?.kind === 'direct' ? name : `#${name}`}
            </span>
            <span className="flex-1" />
            {root.last_reply_at && (
              <time
                dateTime={root.last_reply_at}
                title={formatFull(root.last_reply_at)}
                className="shrink-0 text-faint text-xs tabular-nums"
              >
                {formatWhen(root.last_reply_at)}
              </time>
            )}
          </span>
          <span className={cx('block truncate', unread > 0 ? 'text-ink' : 'text-soft')}>
            {root.erased
              ? t('retention.erased')
              : root.deleted
                ? t('chat.deleted')
                : plain(root.text) || filesOf(root.files)}
          </span>
          <span className="flex items-center gap-2 text-faint text-sm">
            {t('chat.replies', { count: root.reply_count ?? 0 })}
            {root.resolved && <ResolvedMark by={root.resolved.by} />}
            <Badge count={unread} label={t('thread.unread', { count: unread })} />
          </span>
        </span>
      </button>
      <span
        className="absolute top-2 right-3 opacity-0 focus-within:opacity-100
          group-hover/row:opacity-100 max-md:opacity-100"
      >
        <IconButton size="sm" label={t('chat.unfollow_thread')} onClick={leave}>
          <BellOff size={16} aria-hidden />
        </IconButton>
      </span>
    </li>
  )
}

function filesOf(files: Thread['root']['files']): string {
  return (files ?? []).map(({ name }) => name).join(', ')
}

/** Arrows, J and K go from one thread to the next. */
function step(event: KeyboardEvent<HTMLButtonElement>): void {
  const down = event.key === 'ArrowDown' || event.key === 'j'
  if (!down && event.key !== 'ArrowUp' && event.key !== 'k') return
  const row = event.currentTarget.closest('li')
  const next = down ? row?.nextElementSibling : row?.previousElementSibling
  next?.querySelector('button')?.focus()
  event.preventDefault()
}
