// On a phone: the ways through the app, under the thumb. Gone while one types.

import { Link, useLocation } from '@tanstack/react-router'
import { CircleCheckBig, Inbox, MessagesSquare, Search, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { openDialog } from '../../app/dialog'
import { channelsHref, inboxHref, myWorkHref, settingsHref } from '../../app/place'
import { t } from '../../i18n'
import { useMemberships } from '../../model/channel'
import { useUnreadCount } from '../../model/notification'
import { Badge } from '../../ui/Badge'
import { cx } from '../../ui/class'

const item = 'relative flex h-full flex-1 flex-col items-center justify-center gap-0.5 text-2xs'

export function BottomBar() {
  const pathname = useLocation({ select: (location) => location.pathname })
  const mentions = useMemberships().reduce((sum, each) => sum + each.mentions, 0)
  const unread = useUnreadCount()
  return (
    <nav
      aria-label={t('shell.side_bar')}
      className="bottom-bar flex h-[calc(--spacing(13)+env(safe-area-inset-bottom))] shrink-0
        border-t bg-side pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <Tab to={inboxHref} isHere={pathname === inboxHref} name={t('shell.inbox')}>
        <Inbox size={20} aria-hidden="true" />
        <span className="absolute top-0.5 left-1/2 ml-1.5">
          <Badge count={unread} kind="mention" label={t('shell.inbox_unread', { count: unread })} />
        </span>
      </Tab>
      <Tab
        to={channelsHref}
        isHere={/^\/(channels|c|m|people|threads|drafts|spaces)(\/|$)/.test(pathname)}
        name={t('shell.channels')}
      >
        <MessagesSquare size={20} aria-hidden="true" />
        <span className="absolute top-0.5 left-1/2 ml-1.5">
          <Badge count={mentions} kind="mention" label={t('shell.mentions', { count: mentions })} />
        </span>
      </Tab>
      <Tab to={myWorkHref} isHere={pathname === myWorkHref} name={t('shell.my_work')}>
        <CircleCheckBig size={20} aria-hidden="true" />
      </Tab>
      <button
        type="button"
        className={cx(item, 'text-faint')}
        onClick={() => openDialog('palette')}
      >
        <Search size={20} aria-hidden="true" />
        {t('shell.search')}
      </button>
      <Tab to={settingsHref()} isHere={pathname.startsWith('/settings')} name={t('shell.you')}>
        <UserRound size={20} aria-hidden="true" />
      </Tab>
    </nav>
  )
}

interface TabProps {
  to: string
  isHere: boolean
  name: string
  children: ReactNode
}

function Tab({ to, isHere, name, children }: TabProps) {
  return (
    <Link
      to={to}
      aria-current={isHere ? 'page' : undefined}
      className={cx(item, isHere ? 'text-accent-ink' : 'text-faint')}
    >
      {children}
      {name}
    </Link>
  )
}
