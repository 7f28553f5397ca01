// My work: what is assigned to the reader over all projects, by when it is due, and what they
// follow. The router mounts it.

import { CircleCheck } from 'lucide-react'
import { useMemo, useState } from 'react'
import { openDialog } from '../../../app/dialog'
import { t } from '../../../i18n'
import { useMe } from '../../../model/member'
import { stateOf, useProjects } from '../../../model/project'
import { type LocalTask, type Tasks, useFollowedTasks, useMyTasks } from '../../../model/task'
import type { Project, State, Task } from '../../../protocol'
import { Button } from '../../../ui/Button'
import { Empty } from '../../../ui/Empty'
import { Skeleton } from '../../../ui/Skeleton'
import { Tabs } from '../../../ui/Tabs'
import { FilterBar } from '../FilterBar'
import { useFieldPopup } from '../field/FieldPopup'
import { archivedGroup } from '../list/TaskList'
import { type RowGroup, TaskRows } from '../list/TaskRows'
import { labelsOf } from '../logic/filter'
import { BUCKETS, byDue } from '../logic/mywork'
import { TaskMenu } from '../TaskMenu'
import { useTaskFilter } from '../useTaskFilter'
import { useMinute } from './useMinute'

type Face = 'assigned' | 'following'

export function MyWorkPage() {
  const [face, setFace] = useState<Face>('assigned')
  return (
    <section aria-label={t('work.my_work')} className="flex h-full min-h-0 flex-col bg-canvas">
      <header
        className="flex h-(--header-height) shrink-0 items-center gap-3 border-line border-b
        px-4 max-md:px-3"
      >
        <h1 className="font-semibold">{t('work.my_work')}</h1>
        <Tabs<Face>
          label={t('work.my_work')}
          value={face}
          onChange={setFace}
          tabs={[
            { value: 'assigned', label: t('work.assigned') },
            { value: 'following', label: t('work.following') },
          ]}
        />
      </header>
      <div className="min-h-0 flex-1">{face === 'assigned' ? <Assigned /> : <Following />}</div>
    </section>
  )
}

function Assigned() {
  const mine = useMyTasks()
  const narrowed = useTaskFilter()
  const states = useEveryState()
  const labels = useMemo(() => labelsOf(mine.tasks), [mine.tasks])
  const tasks = narrowed.apply(mine.tasks)
  if (mine.tasks.length === 0 && mine.status === 'ready') return <NothingAssigned />
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FilterBar
        mine
        states={states}
        filter={narrowed.filter}
        answer={narrowed.answer}
        onChange={narrowed.setFilter}
        labels={labels}
      />
      <div className="min-h-0 flex-1">
        <Rows
          list={{ ...mine, tasks }}
          archived={narrowed.archived}
          empty={
            narrowed.isFiltering ? (
              <Empty title={t('work.filter_nothing')} hint={t('work.filter_nothing_hint')} />
            ) : (
              <NothingAssigned />
            )
          }
        />
      </div>
    </div>
  )
}

function NothingAssigned() {
  return (
    <Empty
      icon={<CircleCheck size={20} aria-hidden />}
      title={t('work.my_work_empty')}
      hint={t('work.my_work_empty_hint')}
      action={<Button onClick={() => openDialog('new-task')}>{t('work.task_new')}</Button>}
    />
  )
}

/** The states of all projects, one of each name. */
function useEveryState(): State[] {
  const projects = useProjects()
  return useMemo(() => {
    const states = projects.flatMap((project) => project.workflow.states)
    return [...new Map(states.map((state) => [state.name, state])).values()]
  }, [projects])
}

function Following() {
  const projects = useProjects()
  const ids = useMemo(
    () => projects.filter((project) => !project.archived).map((project) => project.id),
    [projects],
  )
  const followed = useFollowedTasks(ids)
  return (
    <Rows
      list={followed}
      empty={<Empty title={t('work.following_empty')} hint={t('work.following_empty_hint')} />}
    />
  )
}

const NONE: readonly LocalTask[] = []

interface RowsProps {
  list: Tasks
  /** What a query finds in archives. */
  archived?: readonly LocalTask[]
  empty: React.ReactNode
}

/** Open tasks grouped by when they are due. */
function Rows({ list, archived = NONE, empty }: RowsProps) {
  const zone = useMe().time_zone
  const projects = useProjects()
  const now = useMinute()
  const [menu, setMenu] = useState<{ task: string; anchor: HTMLElement } | null>(null)
  const byId = useMemo(() => new Map(projects.map((one) => [one.id, one])), [projects])
  const projectOf = (task: Task): Project | undefined => byId.get(task.project)
  const labels = useMemo(() => labelsOf(list.tasks), [list.tasks])
  const field = useFieldPopup(projectOf, labels)
  const open = useMemo(
    () => list.tasks.filter((task) => !isClosed(byId.get(task.project), task)),
    [list.tasks, byId],
  )
  const groups = useMemo(() => {
    const buckets = byDue(open, zone, now)
    const due = BUCKETS.filter((bucket) => buckets[bucket].length > 0).map(
      (bucket): RowGroup => ({
        id: bucket,
        title: t(`work.bucket_${bucket}`),
        tasks: buckets[bucket],
      }),
    )
    return archived.length > 0 ? [...due, archivedGroup(archived)] : due
  }, [open, archived, zone, now])
  if (groups.length === 0 && list.status === 'loading') return <Loading />
  if (groups.length === 0 && list.status === 'error')
    return <Empty title={t('work.tasks_error')} hint={t('work.tasks_error_hint')} />
  if (groups.length === 0) return empty
  return (
    <>
      <TaskRows
        label={t('work.my_work')}
        groups={groups}
        projectOf={projectOf}
        onField={field.open}
        onMenu={(task, anchor) => setMenu({ task: task.id, anchor })}
      />
      {field.popup}
      {menu && <TaskMenu {...menu} onField={field.open} onClose={() => setMenu(null)} />}
    </>
  )
}

function isClosed(project: Project | undefined, task: LocalTask): boolean {
  const category = stateOf(project, task.state)?.category
  return category === 'done' || category === 'cancelled'
}

function Loading() {
  return (
    <div className="flex flex-col gap-2 p-4" aria-busy="true">
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-8 w-2/3" />
    </div>
  )
}
