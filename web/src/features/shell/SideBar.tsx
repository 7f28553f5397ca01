// Everything the reader is part of: channels, direct channels, projects, and what is unread.
// Beside the page on a wide screen; a page of its own (`full`) on a phone.

import { CircleCheckBig, Inbox, Plus, Search } from 'lucide-react'
import { memo } from 'react'
import { openDialog } from '../../app/dialog'
import { inboxHref, myWorkHref } from '../../app/place'
import { t } from '../../i18n'
import { useChannels, useMemberships } from '../../model/channel'
import { useUnreadCount } from '../../model/notification'
import { useProjects } from '../../model/project'
import type { Channel, Membership } from '../../protocol'
import { Badge } from '../../ui/Badge'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Kbd } from '../../ui/Kbd'
import { Menu, MenuItem } from '../../ui/Menu'
import { AccountMenu } from './AccountMenu'
import { ChannelRow, DirectRow, PlaceRow, ProjectRow } from './rows'
import { Section } from './Section'

/** Is not drawn anew when one goes elsewhere: the rows themselves know where one is. */
export const SideBar = memo(function SideBar({ full = false }: { full?: boolean }) {
  return (
    <nav
      aria-label={t('shell.side_bar')}
      className={cx(
        'min-h-0 flex-col bg-side',
        full ? 'flex flex-1 md:hidden' : 'hidden w-(--side-width) shrink-0 border-r md:flex',
      )}
    >
      <AccountMenu />
      <div className="px-2 pb-2">
        <button
          type="button"
          onClick={() => openDialog('palette')}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-canvas px-2 text-faint hover:border-line-strong hover:text-soft max-md:h-10"
        >
          <Search size={16} aria-hidden="true" />
          <span className="flex-1 text-left">{t('shell.search')}</span>
          <span className="max-md:hidden">
            <Kbd keys="Mod+K" />
          </span>
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <InboxPlace />
        <PlaceRow
          to={myWorkHref}
          icon={<CircleCheckBig size={16} aria-hidden="true" />}
          name={t('shell.my_work')}
        />
        <Channels />
        <Directs />
        <Projects />
      </div>
    </nav>
  )
})

function InboxPlace() {
  const unread = useUnreadCount()
  return (
    <PlaceRow
      to={inboxHref}
      icon={<Inbox size={16} aria-hidden="true" />}
      name={t('shell.inbox')}
      isNew={unread > 0}
    >
      <Badge kind="mention" count={unread} label={t('shell.inbox_unread', { count: unread })} />
    </PlaceRow>
  )
}

/** The channels that the reader is in, of the kinds that fit. */
function useMine(fits: (channel: Channel) => boolean) {
  const channels = useChannels()
  const memberships = useMemberships()
  const places = new Map(memberships.map((each) => [each.channel, each]))
  return channels
    .filter((channel) => !channel.archived && places.has(channel.id) && fits(channel))
    .map((channel) => ({ channel, membership: places.get(channel.id) as Membership }))
}

function Channels() {
  const mine = useMine(({ kind }) => kind !== 'direct')
  return (
    <Section
      id="channels"
      name={t('shell.channels')}
      action={
        <Menu
          trigger={
            <IconButton label={t('shell.channels_add')} size="sm">
              <Plus size={16} />
            </IconButton>
          }
        >
          <MenuItem onClick={() => openDialog('create-channel')}>{t('shell.channel_new')}</MenuItem>
          <MenuItem onClick={() => openDialog('browse-channels')}>
            {t('shell.channels_browse')}
          </MenuItem>
        </Menu>
      }
      empty={mine.length === 0 ? t('shell.channels_empty') : undefined}
    >
      {mine.map(({ channel, membership }) => (
        <ChannelRow key={channel.id} channel={channel} membership={membership} />
      ))}
    </Section>
  )
}

function Directs() {
  const mine = useMine(({ kind }) => kind === 'direct')
  // Those that are talked in come first; ones never used yet stand by name at the end.
  mine.sort((a, b) => b.membership.last - a.membership.last)
  return (
    <Section
      id="direct"
      name={t('shell.direct')}
      action={
        <IconButton
          label={t('shell.direct_new')}
          size="sm"
          onClick={() => openDialog('new-direct')}
        >
          <Plus size={16} />
        </IconButton>
      }
      empty={mine.length === 0 ? t('shell.direct_empty') : undefined}
    >
      {mine.map(({ channel, membership }) => (
        <DirectRow key={channel.id} channel={channel} membership={membership} />
      ))}
    </Section>
  )
}

function Projects() {
  const projects = useProjects().filter((project) => !project.archived)
  return (
    <Section
      id="projects"
      name={t('shell.projects')}
      action={
        <IconButton
          label={t('shell.project_new')}
          size="sm"
          onClick={() => openDialog('create-project')}
        >
          <Plus size={16} />
        </IconButton>
      }
      empty={projects.length === 0 ? t('shell.projects_empty') : undefined}
    >
      {projects.map((project) => (
        <ProjectRow key={project.id} project={project} />
      ))}
    </Section>
  )
}
