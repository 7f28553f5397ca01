// One task: beside another page, or on a page of its own. Reads the task by key or id; everything
// is edited in place and shows at once.

import { Archive as ArchiveIcon, Bell, BellOff, Ellipsis, Link2, Maximize2, X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { NotFound } from '../../../app/NotFound'
import { closePane, go, openProject, taskHref } from '../../../app/place'
import { errorText, t } from '../../../i18n'
import { useMe } from '../../../model/member'
import { useReading } from '../../../model/notification'
import { discard, Refused as RefusedError, retry } from '../../../model/pending'
import { useProject } from '../../../model/project'
import { followTask, type LocalTask, loadTask, useTask, useTasks } from '../../../model/task'
import type { Project } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Empty } from '../../../ui/Empty'
import { Skeleton } from '../../../ui/Skeleton'
import { restore } from '../aside'
import { Sending } from '../board/Card'
import { copyText } from '../copy'
import { useFieldPopup } from '../field/FieldPopup'
import { labelsOf } from '../logic/filter'
import { nameIn, projectIn } from '../open'
import { ProjectMark } from '../pickers'
import { TaskMenu } from '../TaskMenu'
import { Conversation, TaskComposer } from './Conversation'
import { CustomFields } from './CustomFields'
import { Description } from './Description'
import { Fields } from './Fields'
import { Parts } from './Parts'
import { SourceQuote } from './SourceQuote'
import { Title } from './Title'

interface Props {
  /** `ENG-42`, or the id of a task that has no key yet. */
  taskKey: string
  /** The comment that a link leads to. */
  comment?: string | undefined
  /** On a page of its own. */
  full?: boolean
}

export function TaskPane({ taskKey, comment, full = false }: Props) {
  const task = useTask(nameIn(taskKey))
  const project = useProject(task?.project)
  if (task === null || task?.deleted)
    return <Missing key={taskKey} taskKey={taskKey} full={full} isDeleted={task?.deleted} />
  if (!task || !project) return <Loading />
  return <Shown key={task.id} task={task} project={project} comment={comment} full={full} />
}

interface ShownProps {
  task: LocalTask
  project: Project
  comment: string | undefined
  full: boolean
}

function Shown({ task, project, comment, full }: ShownProps) {
  const { tasks } = useTasks(project.id)
  const labels = useMemo(() => labelsOf(tasks), [tasks])
  const scroller = useRef<HTMLDivElement>(null)
  useReading(task.id, (each) => each.task === task.id)
  const locked = task.archived === true || project.archived === true
  return (
    <section
      aria-label={`${task.key} ${task.title}`}
      className="flex h-full min-h-0 min-w-0 flex-col bg-canvas"
    >
      <Head task={task} project={project} full={full} labels={labels} />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <div
          className={cx(
            full
              ? 'mx-auto grid max-w-5xl gap-x-10 px-6 pt-6 pb-4 lg:grid-cols-[minmax(0,1fr)_260px]'
              : 'px-4 pt-3 pb-4',
          )}
        >
          <div className={cx('min-w-0', full && 'max-lg:contents')}>
            <div className={cx(full && 'max-lg:order-1')}>
              <Refused task={task} />
              {project.archived ? <ArchivedProject /> : task.archived && <Archived task={task} />}
              <Title task={task} large={full} locked={locked} />
              <SourceQuote task={task} />
            </div>
            {!full && (
              <Editors locked={locked}>
                <Fields task={task} project={project} labels={labels} />
                <CustomFields task={task} project={project} locked={locked} />
              </Editors>
            )}
            <div className={cx(full && 'min-w-0 max-lg:order-3')}>
              <Description task={task} locked={locked} />
              <Editors locked={locked}>
                <Parts task={task} project={project} tasks={tasks} locked={locked} />
              </Editors>
              <Conversation
                task={task}
                project={project}
                tasks={tasks}
                scroller={scroller}
                linked={comment}
              />
            </div>
          </div>
          {full && (
            <aside
              className="max-lg:order-2 lg:sticky lg:top-6 lg:-mx-2 lg:max-h-[calc(100dvh-13rem)]
                lg:self-start lg:overflow-y-auto lg:px-2"
            >
              <Editors locked={locked}>
                <Fields task={task} project={project} labels={labels} />
                <CustomFields task={task} project={project} locked={locked} />
              </Editors>
            </aside>
          )}
        </div>
      </div>
      <div className={cx('shrink-0', full && 'mx-auto w-full max-w-5xl px-3 lg:pr-78')}>
        <TaskComposer task={task} />
      </div>
    </section>
  )
}

/** Where nothing can be changed all is still read and chosen from: buttons rest, links lead on. */
function Editors({ locked, children }: { locked: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={locked} className="contents">
      {children}
    </fieldset>
  )
}

interface HeadProps {
  task: LocalTask
  project: Project
  full: boolean
  labels: string[]
}

function Head({ task, project, full, labels }: HeadProps) {
  const me = useMe()
  const [menu, setMenu] = useState<HTMLElement | null>(null)
  const field = useFieldPopup(() => project, labels)
  const follows = task.followers?.includes(me.id) ?? false
  return (
    <header
      className="flex h-(--header-height) shrink-0 items-center gap-1 border-b border-line
      pr-2 pl-4"
    >
      <button
        type="button"
        className="flex min-w-0 items-center gap-2 rounded-md py-1 pr-2 text-sm
          hover:text-accent-ink"
        title={t('work.project_open', { name: project.name })}
        onClick={() => openProject(project.key)}
      >
        <ProjectMark projectKey={project.key} />
        {full && <span className="truncate text-soft">{project.name}</span>}
      </button>
      <span className="shrink-0 font-medium text-sm">{task.key}</span>
      <Sending task={task} />
      <span className="flex-1" />
      <IconButton
        label={follows ? t('work.unfollow') : t('work.follow')}
        pressed={follows}
        onClick={() => followTask(task.id, !follows)}
      >
        {follows ? <Bell size={16} aria-hidden /> : <BellOff size={16} aria-hidden />}
      </IconButton>
      <IconButton
        label={t('work.copy_link')}
        className="max-md:hidden"
        onClick={() => copyText(location.origin + taskHref(task.key), t('work.link_copied'))}
      >
        <Link2 size={16} aria-hidden />
      </IconButton>
      {!full && (
        <IconButton
          label={t('work.open_full')}
          className="max-md:hidden"
          onClick={() => go(taskHref(task.key))}
        >
          <Maximize2 size={16} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('common.more')} onClick={(event) => setMenu(event.currentTarget)}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
      {!full && (
        <IconButton label={t('common.close')} onClick={closePane}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
      {menu && (
        <TaskMenu task={task.id} anchor={menu} onField={field.open} onClose={() => setMenu(null)} />
      )}
      {field.popup}
    </header>
  )
}

/** A change that the server refused: said where it was made, with the ways out. */
function Refused({ task }: { task: LocalTask }) {
  const local = task.local
  if (local?.state !== 'failed') return null
  return (
    <div
      role="alert"
      className="mb-3 flex flex-wrap items-center gap-2 rounded-md bg-urgent-soft px-3 py-2 text-sm"
    >
      <span className="min-w-40 flex-1 text-urgent">
        {local.error ? errorText(local.error.code) : t('work.refused')}
      </span>
      <Button size="sm" onClick={() => retry(local.requestId)}>
        {t('common.retry')}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => discard(local.requestId)}>
        {t('work.take_back')}
      </Button>
    </div>
  )
}

function Loading() {
  return (
    <div className="flex flex-col gap-3 p-4" aria-busy="true">
      <Skeleton className="h-6 w-24" />
      <Skeleton className="h-7 w-3/4" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
}

/** Its project has to come back first. */
function ArchivedProject() {
  return (
    <div className="mb-3 flex items-center gap-2 rounded-md bg-active px-3 py-2 text-soft text-sm">
      <ArchiveIcon size={14} aria-hidden className="shrink-0 text-faint" />
      {t('work.archived_project_hint')}
    </div>
  )
}

/** What it was can still be read; it changes again once it is back. */
function Archived({ task }: { task: LocalTask }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 rounded-md bg-active px-3 py-2 text-sm">
      <ArchiveIcon size={14} aria-hidden className="text-faint" />
      <span className="min-w-40 flex-1 text-soft">{t('work.archived_hint')}</span>
      <Button size="sm" onClick={() => restore(task)}>
        {t('work.restore')}
      </Button>
    </div>
  )
}

function Missing({ taskKey, full, isDeleted = false }: Props & { isDeleted?: boolean }) {
  const key = nameIn(taskKey)
  const [deleted, setDeleted] = useState(isDeleted)
  // Nothing and what was deleted differ: the key of the latter stays taken.
  useEffect(() => {
    loadTask(key).catch((error: unknown) => {
      if (error instanceof RefusedError && error.failure.code === 'deleted') setDeleted(true)
    })
  }, [key])
  if (!deleted && full) return <NotFound title={t('work.missing', { key })} />
  const project = projectIn(key)
  return (
    <Empty
      title={t(deleted ? 'work.task_deleted' : 'work.missing', { key })}
      hint={deleted ? t('work.task_deleted_hint') : t('common.not_found_hint')}
      action={
        <span className="flex gap-2">
          {deleted && project && (
            <Button onClick={() => openProject(project, 'trash')}>{t('work.trash_open')}</Button>
          )}
          {!full && <Button onClick={closePane}>{t('common.close')}</Button>}
        </span>
      }
    />
  )
}
