// The page of a channel: header, and below it the talk or, where it has a project, the board.

import { Suspense } from 'react'
import { NotFound } from '../../app/NotFound'
import { channelHref, type Face, go } from '../../app/place'
import { t } from '../../i18n'
import { canKeep, useChannel, useMembership } from '../../model/channel'
import { useMe } from '../../model/member'
import { useProject } from '../../model/project'
import { lazily } from '../../ui/lazily'
import { BookmarkBar } from './channel/BookmarkBar'
import { ChannelChat } from './channel/ChannelChat'
import { ChannelHeader } from './channel/ChannelHeader'
import { Loading } from './list/MessageList'
import './chat.css'

const ProjectBody = lazily(async () => (await import('../work/project/ProjectPage')).ProjectBody)

interface Props {
  channelId: string
  face?: Face
  /** Open around this seq and light it up. */
  at?: number | undefined
}

export function ChannelPage({ channelId, face = 'chat', at }: Props) {
  const me = useMe()
  const channel = useChannel(channelId)
  const joined = useMembership(channelId) !== undefined
  const project = useProject(channel?.project ?? undefined)
  if (!channel) {
    return <NotFound title={t('chat.no_channel')} />
  }
  const shown = face !== 'chat' && project ? face : 'chat'
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      <ChannelHeader
        channel={channel}
        face={shown}
        hasProject={project !== undefined}
        onFace={(next) => go(channelHref(channel.id, next))}
      />
      <BookmarkBar
        key={`bookmarks ${channel.id}`}
        channel={channel}
        changes={joined && !channel.archived && canKeep(channel, me)}
      />
      {shown === 'chat' || !project ? (
        <ChannelChat key={channel.id} channel={channel} at={at} />
      ) : (
        <Suspense fallback={<Loading />}>
          <div className="min-h-0 flex-1">
            <ProjectBody project={project} face={shown} />
          </div>
        </Suspense>
      )}
    </div>
  )
}
