// The side pane about a channel: what it is for, which projects it follows, who is in it.

import { Ellipsis, Rss, UserPlus, X } from 'lucide-react'
import { useState } from 'react'
import { closePane, openChannel, openProject } from '../../app/place'
import { t } from '../../i18n'
import { formatDate } from '../../i18n/format'
import {
  canKeep,
  canManage,
  changeChannelRole,
  isManager,
  openDirect,
  removeChannelMember,
  useChannel,
  useChannelMembers,
  useChannelName,
  useMembership,
} from '../../model/channel'
import { useFeeds } from '../../model/feed'
import { useGroups } from '../../model/group'
import { useMe, useMember, useMembers, useOnline } from '../../model/member'
import { failureText } from '../../model/pending'
import { useProject } from '../../model/project'
import { keptFor, useRetention } from '../../model/retention'
import type { Channel, Member } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { Button, IconButton } from '../../ui/Button'
import { Menu, MenuItem } from '../../ui/Menu'
import { Markdown } from '../../ui/markdown/Markdown'
import { toast } from '../../ui/Toast'
import { FollowedGroups, HeldWindow, useReasons } from '../roster/Reason'
import { ProjectMark } from '../work/pickers'
import { ChannelFiles } from './ChannelFiles'
import { type ChannelWindow, ChannelWindows } from './channel/ChannelWindows'
import { Pins } from './channel/Pins'

export function InfoPane({ channelId }: { channelId: string }) {
  const channel = useChannel(channelId)
  const name = useChannelName(channelId)
  return (
    <section aria-label={t('chat.about')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex h-(--header-height) shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{name}</h2>
        <IconButton label={t('common.close')} onClick={closePane}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {channel && <Content channel={channel} />}
    </section>
  )
}

function Content({ channel }: { channel: Channel }) {
  const me = useMe()
  const [window, setWindow] = useState<ChannelWindow | null>(null)
  const joined = useMembership(channel.id) !== undefined
  const creator = useMember(channel.created_by)
  const project = useProject(channel.project ?? undefined)
  const changes = joined && channel.kind !== 'direct' && !channel.archived
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-3 pb-6">
      {channel.kind !== 'direct' && <Words channel={channel} />}
      <p className="mt-1.5 text-faint text-sm">
        {t('chat.created_by', {
          who: creator?.name ?? t('common.unknown_member'),
          when: formatDate(channel.created_at),
        })}
      </p>
      <Kept channel={channel} />
      {project && (
        <button
          type="button"
          className="mt-3 flex h-8 w-full items-center gap-2 rounded-md border px-2 text-left
            hover:bg-hover"
          onClick={() => openProject(project.key)}
        >
          <ProjectMark projectKey={project.key} />
          <span className="min-w-0 flex-1 truncate">{project.name}</span>
          <span className="text-faint text-sm">{t('chat.tasks_go_here')}</span>
        </button>
      )}
      {changes && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            size="sm"
            icon={<UserPlus size={14} aria-hidden />}
            onClick={() => setWindow('add')}
          >
            {t('chat.add_people')}
          </Button>
          {canKeep(channel, me) && (
            <Button
              size="sm"
              icon={<Rss size={14} aria-hidden />}
              onClick={() => setWindow('feeds')}
            >
              {t('chat.follow_project')}
            </Button>
          )}
        </div>
      )}
      <Pins channel={channel} changes={joined && !channel.archived && canKeep(channel, me)} />
      <Followed channel={channel} />
      <ChannelFiles channel={channel.id} />
      <People channel={channel} changes={changes} />
      <ChannelWindows channel={channel} open={window} onClose={() => setWindow(null)} />
    </div>
  )
}

/** How long what is said here is kept. */
function Kept({ channel }: { channel: Channel }) {
  const { days, files } = keptFor(useRetention(), channel)
  const words = (count: number) => t('people.days', { count })
  const text =
    days == null
      ? files
        ? t('retention.kept_files_forever', { days: words(files) })
        : t('retention.kept_forever')
      : t('retention.kept', { days: words(days) })
  const more = days != null && files ? t('retention.kept_files', { days: words(files) }) : ''
  return <p className="mt-1 text-faint text-sm">{[text, more].filter(Boolean).join(' ')}</p>
}

/** The topic, and below it what the channel is for at length. */
function Words({ channel }: { channel: Channel }) {
  return (
    <>
      {channel.topic ? (
        <Markdown text={channel.topic} />
      ) : (
        <p className="text-faint">{t('chat.no_topic')}</p>
      )}
      {channel.description && (
        <section aria-label={t('chat.description')} className="mt-3 border-t pt-3">
          <Markdown text={channel.description} />
        </section>
      )}
    </>
  )
}

function Followed({ channel }: { channel: Channel }) {
  const feeds = useFeeds(channel.id)
  if (feeds.length === 0) return null
  return (
    <>
      <h3 className="mt-5 mb-1 font-medium text-faint text-xs">{t('chat.follows')}</h3>
      <ul>
        {feeds.map((feed) => (
          <FollowedProject key={feed.project} id={feed.project} />
        ))}
      </ul>
    </>
  )
}

function FollowedProject({ id }: { id: string }) {
  const project = useProject(id)
  return (
    <li className="flex h-8 items-center gap-2">
      {project ? (
        <>
          <ProjectMark projectKey={project.key} />
          <span className="truncate">{project.name}</span>
        </>
      ) : (
        <span className="text-faint">{t('chat.hidden_project')}</span>
      )}
    </li>
  )
}

function People({ channel, changes }: { channel: Channel; changes: boolean }) {
  const ids = useChannelMembers(channel.id)
  const members = useMembers()
  const reasons = useReasons({ channel: channel.id }, channel)
  const groups = useGroups().filter(({ id }) => reasons.followed?.groups.includes(id))
  const [held, setHeld] = useState<Member>()
  if (!ids) return null
  const here = members.filter((member) => ids.includes(member.id))
  return (
    <>
      <h3 className="mt-5 mb-1 font-medium text-faint text-xs">
        {t('chat.people_count', { count: here.length })}
      </h3>
      <FollowedGroups groups={groups} />
      <ul className="-mx-2">
        {here.map((member) => (
          <Person
            key={member.id}
            member={member}
            channel={channel}
            changes={changes}
            why={reasons.words(member)}
            onHeld={reasons.holds(member) ? () => setHeld(member) : undefined}
          />
        ))}
      </ul>
      {held && (
        <HeldWindow
          member={held}
          because={reasons.of(held.id)}
          onClose={() => setHeld(undefined)}
        />
      )}
    </>
  )
}

interface PersonProps {
  member: Member
  channel: Channel
  changes: boolean
  /** How they came into the channel; empty where that is plain. */
  why: string
  /** Instead of taking them out, where what the channel follows holds them. */
  onHeld: (() => void) | undefined
}

function Person({ member, channel, changes, why, onHeld }: PersonProps) {
  const me = useMe()
  const online = useOnline(member.id)
  const manages = changes && canManage(channel, me)
  const manager = channel.kind !== 'direct' && isManager(channel, member)
  const failed = (error: Error) => toast({ title: failureText(error), kind: 'error' })
  return (
    <li className="group flex h-10 items-center gap-2.5 rounded-md px-2 hover:bg-hover">
      <Avatar member={member} size={24} online={member.active ? online : undefined} />
      <span className="truncate">
        {member.name}
        {member.id === me.id && <span className="text-faint"> {t('common.you_mark')}</span>}
      </span>
      <span className="min-w-0 flex-1 truncate text-faint text-sm">{why || member.title}</span>
      {manager && (
        <span className="shrink-0 rounded-sm bg-active px-1.5 text-soft text-xs">
          {t('chat.manager')}
        </span>
      )}
      {member.id !== me.id && (
        <Menu
          trigger={
            <IconButton
              size="sm"
              label={t('common.more')}
              className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100
                aria-expanded:opacity-100 max-md:opacity-100"
            >
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem
            onClick={() => {
              openDirect([member.id]).then((id) => openChannel(id), failed)
            }}
          >
            {t('chat.message_member')}
          </MenuItem>
          {manages && member.id !== channel.created_by && member.role !== 'guest' && (
            <MenuItem
              onClick={() =>
                changeChannelRole(
                  channel.id,
                  member.id,
                  manager ? 'member' : 'manager',
                ).settled.catch(failed)
              }
            >
              {t(manager ? 'chat.manager_remove' : 'chat.manager_make')}
            </MenuItem>
          )}
          {manages && (
            <MenuItem
              danger
              onClick={
                onHeld ?? (() => removeChannelMember(channel.id, member.id).settled.catch(failed))
              }
            >
              {t('chat.remove_from_channel')}
            </MenuItem>
          )}
        </Menu>
      )}
    </li>
  )
}
