// The rows of the side bar. Each listens to its own things only.

import { Link, useLocation } from '@tanstack/react-router'
import { BellOff, Hash, Lock, Pencil } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { channelHref } from '../../app/place'
import { t } from '../../i18n'
import { useChannelName } from '../../model/channel'
import { useDraft } from '../../model/draft'
import { useMe, useMember, useOnline } from '../../model/member'
import { useChannelSetting } from '../../model/preference'
import { uploadsKey } from '../../model/upload'
import { wantedCounts } from '../../model/walk'
import type { Channel, Membership, Project } from '../../protocol'
import { Avatar, hueOf } from '../../ui/Avatar'
import { Badge } from '../../ui/Badge'
import { cx } from '../../ui/class'
import { StatusMark } from '../../ui/StatusMark'

interface PlaceRowProps {
  to: string
  icon: ReactNode
  name: ReactNode
  /** Something is new: the name is set in bold. */
  isNew?: boolean
  children?: ReactNode
}

export function PlaceRow({ to, icon, name, isNew, children }: PlaceRowProps) {
  const isHere = useLocation({
    select: ({ pathname }) => pathname === to || pathname.startsWith(`${to}/`),
  })
  return (
    <Link
      to={to}
      preload={false}
      draggable={false}
      aria-current={isHere ? 'page' : undefined}
      className={cx(
        'flex h-8 select-none items-center gap-2 rounded-md px-2 finger:h-11',
        isHere ? 'bg-active text-ink' : 'hover:bg-hover',
        !isHere && (isNew ? 'text-ink' : 'text-soft'),
        isNew && 'font-semibold',
      )}
    >
      <span className="flex size-5 shrink-0 items-center justify-center text-faint">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {children}
    </Link>
  )
}

interface ChannelRowProps {
  channel: Channel
  membership: Membership
}

export const ChannelRow = memo(function ChannelRow({ channel, membership }: ChannelRowProps) {
  const counts = useCounts(membership)
  const isPrivate = channel.kind === 'private'
  const Icon = isPrivate ? Lock : Hash
  return (
    <PlaceRow
      to={channelHref(channel.id)}
      icon={
        <Icon
          size={isPrivate ? 14 : 16}
          role="img"
          aria-label={isPrivate ? t('shell.private_channel') : t('shell.public_channel')}
        />
      }
      name={channel.name}
      isNew={counts.unread > 0 || counts.mentions > 0}
    >
      <Muted channel={channel.id} />
      <Draft channel={channel.id} />
      <Badge
        kind="mention"
        count={counts.mentions}
        label={t('shell.mentions', { count: counts.mentions })}
      />
      {counts.mentions === 0 && (
        <Badge count={counts.unread} label={t('shell.unread', { count: counts.unread })} />
      )}
    </PlaceRow>
  )
})

export const DirectRow = memo(function DirectRow({ channel, membership }: ChannelRowProps) {
  const me = useMe()
  const { unread, mentions } = useCounts(membership)
  const name = useChannelName(channel.id)
  const others = (channel.members ?? []).filter((id) => id !== me.id)
  const other = useMember(others[0] ?? me.id)
  const isOnline = useOnline(others.length === 1 ? others[0] : undefined)
  return (
    <PlaceRow
      to={channelHref(channel.id)}
      icon={
        others.length > 1 ? (
          <span
            aria-hidden="true"
            className="flex size-5 items-center justify-center rounded-md bg-active font-medium text-2xs text-soft"
          >
            {others.length}
          </span>
        ) : (
          <Avatar member={other} size={20} online={others.length === 1 ? isOnline : undefined} />
        )
      }
      name={others.length === 0 ? `${name} ${t('common.you_mark')}` : name}
      isNew={unread > 0}
    >
      {others.length <= 1 && <StatusMark member={other} />}
      <Muted channel={channel.id} />
      <Draft channel={channel.id} />
      {/* Everything said directly is meant for the reader. */}
      <Badge
        kind="mention"
        count={Math.max(unread, mentions)}
        label={t('shell.unread', { count: Math.max(unread, mentions) })}
      />
    </PlaceRow>
  )
})

function useCounts(membership: Membership): { unread: number; mentions: number } {
  return wantedCounts(membership, useChannelSetting(membership.channel))
}

function Muted({ channel }: { channel: string }) {
  const setting = useChannelSetting(channel)
  if (!setting?.muted && setting?.level !== 'nothing') return null
  return <BellOff size={12} role="img" aria-label={t('shell.muted')} className="text-faint" />
}

function Draft({ channel }: { channel: string }) {
  const [draft] = useDraft(`channel:${channel}`)
  const [files] = useDraft(uploadsKey(`channel:${channel}`))
  if (draft.trim() === '' && files === '') return null
  return <Pencil size={12} role="img" aria-label={t('shell.draft')} className="text-faint" />
}

export const ProjectRow = memo(function ProjectRow({ project }: { project: Project }) {
  return (
    <PlaceRow to={`/p/${project.key}`} icon={<ProjectMark project={project} />} name={project.name}>
      <span className="text-2xs text-soft">{project.key}</span>
    </PlaceRow>
  )
})

function ProjectMark({ project }: { project: Project }) {
  return (
    <span
      aria-hidden="true"
      className="avatar flex size-5 items-center justify-center rounded-sm font-semibold text-2xs"
      style={{ '--hue': hueOf(project.id) } as object}
    >
      {project.key[0]}
    </span>
  )
}
