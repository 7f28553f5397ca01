// What place this is, its faces, who is here, and what can be done with it.

import { ArrowLeft, Hash, Lock, Pin, Users } from 'lucide-react'
import { Suspense, useState } from 'react'
import { channelsHref, closePane, type Face, go, openPane, parsePane } from '../../../app/place'
import { formatNumber, t } from '../../../i18n'
import { canKeep, useChannelMembers, useChannelName, useMembership } from '../../../model/channel'
import { useMe, useMember, useOnline } from '../../../model/member'
import { usePins } from '../../../model/shelf'
import type { Channel } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { IconButton } from '../../../ui/Button'
import { lazily } from '../../../ui/lazily'
import { Tabs } from '../../../ui/Tabs'
import { tip } from '../../../ui/tip'
import { ChannelMenu } from './ChannelMenu'
import type { ChannelWindow } from './ChannelWindows'

const ChannelWindows = lazily(async () => (await import('./ChannelWindows')).ChannelWindows)

interface Props {
  channel: Channel
  face: Face
  hasProject: boolean
  onFace(face: Face): void
}

export function ChannelHeader({ channel, face, hasProject, onFace }: Props) {
  const [window, setWindow] = useState<ChannelWindow | null>(null)
  const joined = useMembership(channel.id) !== undefined
  const me = useMe()
  const name = useChannelName(channel.id)
  const direct = channel.kind === 'direct'
  return (
    <header
      className="flex h-(--header-height) shrink-0 items-center gap-3 border-b px-4 max-md:gap-1
        max-md:px-1"
    >
      <IconButton
        label={t('chat.to_channels')}
        className="md:hidden"
        onClick={() => go(channelsHref)}
      >
        <ArrowLeft size={18} aria-hidden />
      </IconButton>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        {direct ? <Other channel={channel} /> : <Sign channel={channel} />}
        <h1 className="max-w-full shrink-0 truncate font-semibold text-lg max-md:shrink">{name}</h1>
        {channel.archived && (
          <span className="shrink-0 rounded-sm bg-active px-1.5 text-soft text-xs">
            {t('chat.archived')}
          </span>
        )}
        {channel.topic && (
          <button
            {...tip(channel.topic, { side: 'bottom' })}
            type="button"
            disabled={!joined || !canKeep(channel, me)}
            onClick={() => setWindow('edit')}
            className="min-w-0 truncate border-l pl-2.5 text-left text-faint text-sm
              enabled:hover:text-soft max-lg:hidden"
          >
            {channel.topic}
          </button>
        )}
      </div>
      {hasProject && (
        <Tabs
          label={t('chat.faces')}
          value={face}
          onChange={onFace}
          tabs={[
            { value: 'chat' as Face, label: t('chat.face_chat') },
            { value: 'board' as Face, label: t('chat.face_board') },
            { value: 'list' as Face, label: t('chat.face_list') },
          ]}
        />
      )}
      <div className="flex items-center">
        <PinsButton channel={channel} />
        {!direct && <MembersButton channel={channel} />}
        <ChannelMenu channel={channel} joined={joined} onWindow={setWindow} />
      </div>
      {window && (
        <Suspense>
          <ChannelWindows channel={channel} open={window} onClose={() => setWindow(null)} />
        </Suspense>
      )}
    </header>
  )
}

function Sign({ channel }: { channel: Channel }) {
  return channel.kind === 'private' ? (
    <Lock size={16} className="shrink-0 text-faint" aria-label={t('chat.private')} />
  ) : (
    <Hash size={18} className="shrink-0 text-faint" aria-hidden />
  )
}

function Other({ channel }: { channel: Channel }) {
  const me = useMe().id
  const others = (channel.members ?? []).filter((id) => id !== me)
  const other = useMember(others[0] ?? me)
  const online = useOnline(other?.id)
  if (others.length > 1) return <Users size={18} className="shrink-0 text-faint" aria-hidden />
  return <Avatar member={other} size={24} online={online} />
}

/** Nothing where nothing is pinned; a phone has no room for it. */
function PinsButton({ channel }: { channel: Channel }) {
  const count = usePins(channel.id)?.length ?? 0
  if (count === 0) return null
  return (
    <IconButton
      label={t('chat.pins_count', { count })}
      onClick={toggleInfo}
      className="w-auto! gap-1 px-2 max-md:hidden"
    >
      <Pin size={16} aria-hidden />
      <span className="text-sm tabular-nums">{formatNumber(count)}</span>
    </IconButton>
  )
}

function toggleInfo() {
  const shown = parsePane(new URLSearchParams(location.search).get('pane'))
  if (shown && 'info' in shown) closePane()
  else openPane({ info: true })
}

function MembersButton({ channel }: { channel: Channel }) {
  const members = useChannelMembers(channel.id)
  return (
    <IconButton
      label={members ? t('chat.people_count', { count: members.length }) : t('chat.people')}
      onClick={toggleInfo}
      className="w-auto! gap-1.5 px-2"
    >
      <Users size={16} aria-hidden />
      {members && (
        <span className="text-sm tabular-nums max-md:hidden">{formatNumber(members.length)}</span>
      )}
    </IconButton>
  )
}
