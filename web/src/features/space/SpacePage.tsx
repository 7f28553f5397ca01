// A space at a glance: its channels, how far its projects are, and who is in it. All of it live.

import { Link } from '@tanstack/react-router'
import { ChevronLeft, Hash, Lock, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { openDialog } from '../../app/dialog'
import { channelHref, projectHref, spacesHref } from '../../app/place'
import { t } from '../../i18n'
import { joinChannel, useChannels, useMemberships } from '../../model/channel'
import { useMe } from '../../model/member'
import { failureText } from '../../model/pending'
import { useProjects } from '../../model/project'
import { useOwnSpaces, useProgress, useSpace } from '../../model/space'
import type { Channel, Progress, Project, Space } from '../../protocol'
import { Badge } from '../../ui/Badge'
import { Button, IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Empty } from '../../ui/Empty'
import { toast } from '../../ui/Toast'
import { ProjectMark } from '../work/pickers'
import { SpaceHead } from './SpaceHead'
import { SpacePeople } from './SpacePeople'

export function SpacePage({ spaceId }: { spaceId: string }) {
  const space = useSpace(spaceId)
  const isIn = useOwnSpaces().has(spaceId)
  return (
    <section
      aria-label={space?.name ?? t('space.title')}
      className="flex h-full min-h-0 flex-col bg-canvas"
    >
      <header
        className="flex min-h-(--header-height) shrink-0 items-center gap-2 border-b px-4
          max-md:px-2"
      >
        <Link
          to={spacesHref}
          aria-label={t('space.back')}
          className="rounded-md p-2 text-soft hover:bg-hover md:hidden"
        >
          <ChevronLeft size={20} aria-hidden />
        </Link>
        {space && <SpaceHead space={space} isIn={isIn} />}
      </header>
      {space ? (
        <Overview space={space} isIn={isIn} />
      ) : (
        <Empty title={t('common.not_found')} hint={t('common.not_found_hint')} />
      )}
    </section>
  )
}

function Overview({ space, isIn }: { space: Space; isIn: boolean }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-5xl px-6 py-6 max-md:px-3">
        {space.archived && (
          <p className="mb-4 rounded-md bg-active px-3 py-2 text-soft">{t('space.is_archived')}</p>
        )}
        {space.description && <p className="mb-6 max-w-prose text-soft">{space.description}</p>}
        <div className="grid grid-cols-[minmax(0,1fr)_18rem] gap-8 max-lg:grid-cols-1">
          <div className="flex min-w-0 flex-col gap-8">
            <Projects space={space} isIn={isIn} />
            <Channels space={space} isIn={isIn} />
          </div>
          <SpacePeople space={space} isIn={isIn} />
        </div>
      </div>
    </div>
  )
}

export function Part(props: {
  title: string
  count?: number
  action?: ReactNode
  children: ReactNode
}) {
  const { title, count, action, children } = props
  return (
    <section aria-label={title}>
      <div className="mb-2 flex h-8 items-center gap-2">
        <h2 className="font-semibold">{title}</h2>
        {count !== undefined && <span className="text-faint text-sm tabular-nums">{count}</span>}
        <span className="flex-1" />
        {action}
      </div>
      {children}
    </section>
  )
}

function useMayAdd({ archived }: Space, isIn: boolean): boolean {
  return useMe().role !== 'guest' && isIn && !archived
}

function Channels({ space, isIn }: { space: Space; isIn: boolean }) {
  const mayAdd = useMayAdd(space, isIn)
  const all = useChannels()
  const places = new Map(useMemberships().map((each) => [each.channel, each]))
  const channels = all.filter((channel) => channel.space === space.id && !channel.archived)
  return (
    <Part
      title={t('space.channels')}
      count={channels.length}
      action={
        mayAdd && <Add label={t('space.channel_new')} dialog="create-channel" about={space.id} />
      }
    >
      {channels.length === 0 && <p className="text-faint">{t('space.channels_none')}</p>}
      <ul className="divide-y divide-line rounded-md border empty:hidden">
        {channels.map((channel) => {
          const place = places.get(channel.id)
          return (
            <ChannelLine key={channel.id} channel={channel} isIn={place !== undefined}>
              <Badge
                count={place?.unread ?? 0}
                label={t('shell.unread', { count: place?.unread ?? 0 })}
              />
            </ChannelLine>
          )
        })}
      </ul>
    </Part>
  )
}

interface ChannelLineProps {
  channel: Channel
  isIn: boolean
  children: ReactNode
}

function ChannelLine({ channel, isIn, children }: ChannelLineProps) {
  const Icon = channel.kind === 'private' ? Lock : Hash
  return (
    <li className="relative flex min-h-12 items-center gap-3 px-3 py-2 hover:bg-hover">
      <Icon size={16} aria-hidden className="shrink-0 text-faint" />
      <Link to={channelHref(channel.id)} className="min-w-0 flex-1 after:absolute after:inset-0">
        <span className="block truncate font-medium">{channel.name}</span>
        {channel.topic && (
          <span className="block truncate text-faint text-sm">{channel.topic}</span>
        )}
      </Link>
      {children}
      {!isIn && (
        <Button
          size="sm"
          className="relative z-10"
          onClick={() => joinChannel(channel.id).settled.catch(failed)}
        >
          {t('chat.join')}
        </Button>
      )}
    </li>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}

function Projects({ space, isIn }: { space: Space; isIn: boolean }) {
  const mayAdd = useMayAdd(space, isIn)
  const all = useProjects()
  const projects = all.filter((project) => project.space === space.id && !project.archived)
  const progress = useProgress(space.id, projects)
  return (
    <Part
      title={t('space.projects')}
      count={projects.length}
      action={
        mayAdd && <Add label={t('space.project_new')} dialog="create-project" about={space.id} />
      }
    >
      {projects.length === 0 && <p className="text-faint">{t('space.projects_none')}</p>}
      <ul className="divide-y divide-line rounded-md border empty:hidden">
        {projects.map((project) => (
          <ProjectLine key={project.id} project={project} progress={progress?.get(project.id)} />
        ))}
      </ul>
    </Part>
  )
}

interface ProjectLineProps {
  project: Project
  /** Undefined until loaded. */
  progress: Progress | undefined
}

function ProjectLine({ project, progress }: ProjectLineProps) {
  return (
    <li className="relative flex flex-col gap-2 px-3 py-3 hover:bg-hover">
      <div className="flex items-center gap-3">
        <ProjectMark projectKey={project.key} />
        <Link
          to={projectHref(project.key)}
          className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0"
        >
          {project.name}
        </Link>
        <span className="text-faint text-sm">{project.key}</span>
      </div>
      {progress && <Bar progress={progress} />}
    </li>
  )
}

/** Done, under way and not begun, of all that is not called off. */
function Bar({ progress }: { progress: Progress }) {
  const { backlog, todo, doing, done } = progress
  const waiting = backlog + todo
  const all = waiting + doing + done
  if (all === 0) return <p className="text-faint text-sm">{t('space.no_tasks')}</p>
  const percent = Math.round((done / all) * 100)
  const part = (count: number, colour: string) =>
    count > 0 && (
      <span className={cx('h-full', colour)} style={{ width: `${(count / all) * 100}%` }} />
    )
  return (
    <>
      <div
        role="img"
        aria-label={t('space.percent_done', { percent })}
        className="flex h-1.5 overflow-hidden rounded-full bg-active"
      >
        {part(done, 'bg-done')}
        {part(doing, 'bg-doing')}
      </div>
      <p className="flex flex-wrap gap-x-4 text-soft text-sm tabular-nums">
        <span>{t('space.percent', { percent })}</span>
        <span>{t('space.done', { count: done })}</span>
        <span>{t('space.doing', { count: doing })}</span>
        <span>{t('space.waiting', { count: waiting })}</span>
      </p>
    </>
  )
}

interface AddProps {
  label: string
  dialog: 'create-channel' | 'create-project'
  about: string
}

function Add({ label, dialog, about }: AddProps) {
  return (
    <IconButton label={label} size="sm" onClick={() => openDialog(dialog, `space:${about}`)}>
      <Plus size={16} aria-hidden />
    </IconButton>
  )
}
