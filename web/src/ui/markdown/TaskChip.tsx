// A task named in a text or linked to a message: its key, state and first assignee as they are now.
// Plain words where there is no such project, the key alone where one may not see the task.

import { type MouseEvent, useState } from 'react'
import { openTask, taskHref } from '../../app/place'
import { PriorityIcon, StateIcon } from '../../features/work/icon'
import { t } from '../../i18n'
import { formatDue, isOverdue } from '../../i18n/format'
import { useMember, useMembers } from '../../model/member'
import { stateOf, useProject } from '../../model/project'
import { useTaskByKey } from '../../model/task'
import { specialTypeOf, typeName } from '../../model/task_type'
import type { Category, Project, Task } from '../../protocol'
import { AvatarStack } from '../Avatar'
import { cx } from '../class'
import { HoverCard } from '../HoverCard'

interface Props {
  /** `ENG-42` */
  taskKey: string
  /** Known to be a task (a link of a message), even if the project is not visible. */
  sure?: boolean
}

export function TaskChip({ taskKey, sure = false }: Props) {
  const project = useProject(taskKey.slice(0, taskKey.lastIndexOf('-')))
  const task = useTaskByKey(project ? taskKey : undefined)
  if (!project || task === null) {
    return sure ? <span className="task-chip">{taskKey}</span> : taskKey
  }
  return (
    <LiveChip taskKey={taskKey} task={task && !task.deleted ? task : undefined} project={project} />
  )
}

interface LiveProps {
  taskKey: string
  task: Task | undefined
  project: Project
}

function LiveChip({ taskKey, task, project }: LiveProps) {
  const [open, setOpen] = useState(false)
  // Pressed: the task opens beside the page, and the card stays away until one comes back.
  const [pressed, setPressed] = useState(false)
  const state = task && stateOf(project, task.state)
  const changed = useChanged(state?.id)
  const assignee = useMember(task?.assignees?.[0])
  const press = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    setOpen(false)
    setPressed(true)
    openTask(taskKey)
  }
  return (
    <HoverCard
      open={open}
      onOpenChange={(shown) => setOpen(shown && !pressed)}
      className="w-80"
      trigger={
        <a
          href={taskHref(taskKey)}
          className="task-chip"
          data-category={state?.category}
          onClick={press}
          onPointerLeave={() => setPressed(false)}
        >
          {state && <StateIcon category={state.category} className="task-chip-icon" />}
          <span className="task-chip-key">{taskKey}</span>
          {state && (
            // A new key: the words fade in where the state changes.
            <span key={state.id} className={cx('task-chip-state', changed && 'task-chip-changed')}>
              {state.name}
            </span>
          )}
          {assignee && <span className="task-chip-who">@{assignee.name}</span>}
        </a>
      }
    >
      {task && <TaskSummary task={task} project={project} />}
    </HoverCard>
  )
}

/** True once the value has changed on the screen. */
function useChanged(value: string | undefined): boolean {
  const [first, setFirst] = useState(value)
  if (first === undefined && value !== undefined) setFirst(value)
  return first !== undefined && value !== first
}

function TaskSummary({ task, project }: { task: Task; project: Project }) {
  const members = useMembers()
  const state = stateOf(project, task.state)
  const assignees = members.filter((member) => task.assignees?.includes(member.id))
  const type = specialTypeOf(project, task)
  return (
    <div className="flex flex-col gap-2">
      <p className="text-faint text-xs">
        {type && `${typeName(type)} · `}
        {task.key} · {project.name}
      </p>
      <p className="font-medium">{task.title}</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        {state && <StatePill name={state.name} category={state.category} />}
        {task.archived && <span className="text-faint">{t('chat.archived')}</span>}
        {task.priority !== 'none' && <PriorityIcon priority={task.priority} />}
        {task.due && <Due due={task.due} closed={!!task.closed_at} />}
        {assignees.length > 0 ? (
          <span className="ml-auto flex items-center gap-1.5">
            <AvatarStack members={assignees} />
            {assignees.length === 1 && <span className="truncate">{assignees[0]?.name}</span>}
          </span>
        ) : (
          <span className="ml-auto text-faint">{t('chat.unassigned')}</span>
        )}
      </div>
    </div>
  )
}

const PILL: Record<Category, string> = {
  backlog: 'bg-todo-soft text-todo',
  todo: 'bg-todo-soft text-todo',
  doing: 'bg-doing-soft text-doing',
  done: 'bg-done-soft text-done',
  cancelled: 'bg-todo-soft text-todo',
}

/** The name of a state on its colour. */
export function StatePill({ name, category }: { name: string; category: Category }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 max-w-40 items-center rounded-sm px-1.5 font-medium text-xs',
        'transition-colors duration-(--calm)',
        PILL[category],
      )}
    >
      <span className="truncate">{name}</span>
    </span>
  )
}

/** A due date; overdue ones stand out unless the task is closed. */
export function Due({ due, closed }: { due: string; closed: boolean }) {
  const late = !closed && isOverdue(due)
  return (
    <span className={cx('text-sm tabular-nums', late ? 'text-urgent' : 'text-soft')}>
      {late && <span className="sr-only">{t('chat.overdue')} </span>}
      {formatDue(due)}
    </span>
  )
}
