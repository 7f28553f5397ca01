// A project: its name and people, and its faces: board, list, settings. The router mounts it.

import {
  Archive,
  CircleCheck,
  Ellipsis,
  Hash,
  Lock,
  Plus,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react'
import { Suspense } from 'react'
import { openDialog } from '../../../app/dialog'
import { NotFound } from '../../../app/NotFound'
import { go, openChannel, openProject, type ProjectFace, projectHref } from '../../../app/place'
import { useAddressQuery } from '../../../app/query'
import { t } from '../../../i18n'
import { useChannelName } from '../../../model/channel'
import { useProjectChannels } from '../../../model/feed'
import { useMember, useMembers } from '../../../model/member'
import { useProject, useProjectMembers } from '../../../model/project'
import { useTasks } from '../../../model/task'
import type { Project } from '../../../protocol'
import { Avatar, AvatarStack } from '../../../ui/Avatar'
import { Button, IconButton } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { lazily } from '../../../ui/lazily'
import { Menu, MenuItem } from '../../../ui/Menu'
import { Named } from '../../../ui/Named'
import { Tabs } from '../../../ui/Tabs'
import { tip } from '../../../ui/tip'
import { useWide } from '../../../ui/wide'
import { Board } from '../board/Board'
import { TaskList } from '../list/TaskList'
import { ProjectMark } from '../pickers'
import { People } from './People'

const AsidePage = lazily(async () => (await import('./AsidePage')).AsidePage)
const Settings = lazily(async () => (await import('../settings/ProjectSettings')).default)

interface Props {
  /** `ENG`, in any case. */
  projectKey: string
  face: ProjectFace
}

export function ProjectPage({ projectKey, face }: Props) {
  const project = useProject(projectKey)
  if (!project)
    return <NotFound title={t('work.project_missing', { key: projectKey.toUpperCase() })} />
  return (
    <section aria-label={project.name} className="flex h-full min-h-0 min-w-0 flex-col bg-canvas">
      <Head project={project} face={face} />
      <div className="min-h-0 flex-1">
        <ProjectBody project={project} face={face} />
      </div>
    </section>
  )
}

/** What a face shows; also inside a channel that is bound to the project. */
export function ProjectBody({ project, face }: { project: Project; face: ProjectFace }) {
  const { tasks, status } = useTasks(project.id)
  const query = useAddressQuery()
  if (face === 'settings')
    return (
      <Suspense>
        <Settings project={project} />
      </Suspense>
    )
  if (face === 'archive' || face === 'trash')
    return (
      <Suspense>
        <AsidePage project={project} aside={face} />
      </Suspense>
    )
  if (status === 'error' && tasks.length === 0)
    return <Empty title={t('work.tasks_error')} hint={t('work.tasks_error_hint')} />
  // A query may find what is archived.
  if (status === 'ready' && tasks.length === 0 && query === '')
    return <FirstTask project={project} face={face} />
  return face === 'board' ? (
    <Board key={project.id} project={project} />
  ) : (
    <TaskList key={project.id} project={project} />
  )
}

/** Short: on a phone there is little room beside the others. */
const ASIDE_TABS = { archive: 'work.archived', trash: 'work.trash' } as const

function Head({ project, face }: { project: Project; face: ProjectFace }) {
  const wide = useWide()
  const aside = face === 'archive' || face === 'trash' ? face : undefined
  return (
    <header
      className="@container flex h-(--header-height) shrink-0 items-center gap-3 border-line
      border-b px-4 max-md:gap-2 max-md:px-3"
    >
      <ProjectMark projectKey={project.key} />
      <h1 className="min-w-0 truncate font-semibold" title={project.description || undefined}>
        {project.name}
      </h1>
      {project.visibility === 'private' && (
        <Lock
          {...tip(t('work.visibility_private'))}
          size={14}
          aria-label={t('work.visibility_private')}
          className="shrink-0 text-faint"
        />
      )}
      {project.archived && <span className="text-faint text-sm">{t('work.archived')}</span>}
      <Tabs
        label={t('work.faces')}
        value={face}
        onChange={(next) => go(projectHref(project.key, next))}
        tabs={[
          { value: 'board', label: t('work.board') },
          { value: 'list', label: t('work.list') },
          ...(wide || face === 'settings'
            ? [{ value: 'settings' as const, label: t('work.settings') }]
            : []),
          ...(aside ? [{ value: aside, label: t(ASIDE_TABS[aside]) }] : []),
        ]}
      />
      <Menu
        trigger={
          <IconButton label={t('common.more')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {!wide && (
          <MenuItem
            icon={<SlidersHorizontal size={14} />}
            onClick={() => openProject(project.key, 'settings')}
          >
            {t('work.settings')}
          </MenuItem>
        )}
        <MenuItem icon={<Archive size={14} />} onClick={() => openProject(project.key, 'archive')}>
          {t('work.archive')}
        </MenuItem>
        <MenuItem icon={<Trash2 size={14} />} onClick={() => openProject(project.key, 'trash')}>
          {t('work.trash')}
        </MenuItem>
      </Menu>
      <span className="flex-1" />
      <Channels project={project} />
      <Lead id={project.lead ?? undefined} />
      <Members project={project} />
      <Button
        size="sm"
        variant="primary"
        icon={<Plus size={14} aria-hidden />}
        className="max-md:hidden"
        disabled={project.archived}
        onClick={() => openDialog('new-task', project.id)}
      >
        {t('work.task_new')}
      </Button>
      {!wide && (face === 'board' || face === 'list') && (
        <IconButton
          label={t('work.task_new')}
          disabled={project.archived}
          onClick={() => openDialog('new-task', project.id)}
        >
          <Plus size={16} aria-hidden />
        </IconButton>
      )}
    </header>
  )
}

/** The channels where this project is talked about: bound to it, or following it. */
function Channels({ project }: { project: Project }) {
  const channels = useProjectChannels(project.id)
  return (
    <div className="hidden min-w-0 items-center gap-1 overflow-hidden @4xl:flex">
      {channels.slice(0, 3).map((channel) => (
        <ChannelChip key={channel.id} id={channel.id} />
      ))}
      {channels.length > 3 && <span className="text-faint text-xs">+{channels.length - 3}</span>}
    </div>
  )
}

function ChannelChip({ id }: { id: string }) {
  const name = useChannelName(id)
  return (
    <button
      type="button"
      title={t('work.channel_open', { name })}
      className="flex h-6 max-w-36 min-w-0 items-center gap-1 rounded-md px-1.5 text-soft text-sm
        hover:bg-hover"
      onClick={() => openChannel(id)}
    >
      <Hash size={14} aria-hidden className="shrink-0 text-faint" />
      <span className="truncate">{name}</span>
    </button>
  )
}

function Lead({ id }: { id: string | undefined }) {
  const lead = useMember(id)
  if (!lead) return null
  return (
    <span
      {...tip(t('work.lead_is', { name: lead.name }))}
      className="flex items-center max-md:hidden"
    >
      <Avatar member={lead} size={24} />
      <span className="sr-only">{t('work.lead_is', { name: lead.name })}</span>
    </span>
  )
}

function Members({ project }: { project: Project }) {
  const ids = useProjectMembers(project.id)
  const members = useMembers()
  const shown = members.filter((member) => ids?.includes(member.id) && member.id !== project.lead)
  return (
    <People project={project}>
      <button
        type="button"
        className="relative flex h-7 shrink-0 items-center rounded-md px-1 hover:bg-hover max-md:hidden"
      >
        {shown.length > 0 ? (
          <>
            <Named label={t('work.people')} />
            <AvatarStack members={shown} size={24} max={4} />
          </>
        ) : (
          <span className="px-1 text-soft text-sm">{t('work.people')}</span>
        )}
      </button>
    </People>
  )
}

/** Teaches the first step. */
function FirstTask({ project, face }: { project: Project; face: ProjectFace }) {
  return (
    <Empty
      icon={<CircleCheck size={20} aria-hidden />}
      title={face === 'board' ? t('work.board_empty') : t('work.list_empty')}
      hint={t('work.board_empty_hint')}
      action={
        <Button
          variant="primary"
          disabled={project.archived}
          onClick={() => openDialog('new-task', project.id)}
        >
          {t('work.task_first')}
        </Button>
      }
    />
  )
}
