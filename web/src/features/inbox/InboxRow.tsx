// One notification: who, why, when, and the beginning of what was said.

import { Check, Ellipsis, Undo2 } from 'lucide-react'
import { t } from '../../i18n'
import { formatFull, formatWhen } from '../../i18n/format'
import { useMember } from '../../model/member'
import type { InboxItem } from '../../model/notification'
import { Avatar } from '../../ui/Avatar'
import { Badge } from '../../ui/Badge'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Menu, MenuItem, MenuSub } from '../../ui/Menu'
import type { RowActions } from './InboxList'
import { LaterItems, LaterMenu } from './LaterMenu'
import { plainText } from './logic/plain'
import { reasonText } from './reason'

interface Props {
  item: InboxItem
  done: boolean
  snoozed: boolean
  isCurrent: boolean
  onFocus(): void
  /** The menu of moments is open. */
  isChoosing: boolean
  onChoosing(open: boolean): void
  actions: RowActions
}

export function InboxRow(props: Props) {
  const { item, done, snoozed, isCurrent, onFocus, actions } = props
  const { notification, unread } = item
  const actor = useMember(notification.actor)
  const name = actor?.name ?? t('common.unknown_member')
  return (
    <li data-swipes="inbox" className="swipes group/row relative max-md:flex max-md:items-center">
      <button
        type="button"
        data-row={notification.id}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={onFocus}
        onClick={() => actions.open(item)}
        className={cx(
          'flex w-full min-w-0 gap-3 rounded-md px-3 py-2 text-left hover:bg-hover max-md:pr-1',
          isCurrent && 'focus:bg-hover',
        )}
      >
        <span className="relative mt-0.5 shrink-0">
          <Avatar member={actor} size={32} />
          {unread && (
            <span
              role="img"
              aria-label={t('inbox.unread')}
              className="absolute -top-0.5 -left-0.5 size-2.5 rounded-full border-2 border-canvas
                bg-accent"
            />
          )}
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className={cx('truncate', unread ? 'font-semibold' : 'font-medium')}>{name}</span>
            <span className="truncate text-faint text-sm">{reasonText(notification)}</span>
            <span className="flex-1" />
            <time
              dateTime={notification.at}
              title={formatFull(notification.at)}
              className="shrink-0 text-faint text-xs tabular-nums"
            >
              {formatWhen(notification.at)}
            </time>
          </span>
          <span className="flex min-w-0 items-center gap-2">
            <span className={cx('min-w-0 flex-1 truncate', unread ? 'text-ink' : 'text-soft')}>
              {notification.key && (
                <span className="mr-1.5 text-faint text-sm">{notification.key}</span>
              )}
              {plainText(notification.excerpt ?? '')}
            </span>
            {unread && (notification.count ?? 1) > 1 && (
              <Badge
                count={notification.count ?? 1}
                label={t('inbox.count', { count: notification.count ?? 1 })}
              />
            )}
          </span>
          {snoozed && notification.snoozed_until && (
            <span className="text-faint text-sm">
              {t('inbox.back_at', { when: formatWhen(notification.snoozed_until) })}
            </span>
          )}
        </span>
      </button>
      <Buttons {...props} done={done} />
    </li>
  )
}

function Buttons({ item, done, snoozed, isChoosing, onChoosing, actions }: Props) {
  const { unread } = item
  return (
    <div
      className={cx(
        'absolute top-1.5 right-2 rounded-md border border-line bg-raised p-0.5 shadow-card',
        'focus-within:flex group-hover/row:flex',
        // Fingers do not hover: there they stand beside the words.
        'max-md:static max-md:flex max-md:border-0 max-md:bg-transparent max-md:shadow-none',
        isChoosing ? 'flex' : 'hidden',
      )}
    >
      <IconButton
        size="sm"
        label={done ? t('inbox.restore') : t('inbox.finish')}
        shortcut="E"
        onClick={() => actions.finish(item)}
      >
        {done ? <Undo2 size={16} aria-hidden /> : <Check size={16} aria-hidden />}
      </IconButton>
      {!done && (
        <span className={cx(!isChoosing && 'max-md:hidden')}>
          <LaterMenu
            label={t('inbox.snooze')}
            shortcut="H"
            open={isChoosing}
            onOpenChange={onChoosing}
            onChoose={(at) => actions.snooze(item, at)}
          />
        </span>
      )}
      <Menu
        trigger={
          <IconButton size="sm" label={t('common.more')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {snoozed && (
          <MenuItem onClick={() => actions.snooze(item, null)}>{t('inbox.unsnooze')}</MenuItem>
        )}
        {!done && (
          <MenuSub label={t('inbox.snooze')}>
            <LaterItems onChoose={(at) => actions.snooze(item, at)} />
          </MenuSub>
        )}
        {!done && (
          <MenuItem shortcut="U" onClick={() => actions.toggleRead(item)}>
            {unread ? t('inbox.mark_read') : t('inbox.mark_unread')}
          </MenuItem>
        )}
        <MenuItem shortcut="W" onClick={() => actions.why(item)}>
          {t('inbox.why_ask')}
        </MenuItem>
      </Menu>
    </div>
  )
}
