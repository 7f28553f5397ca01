// The tasks below a task: how far the whole tree is, those directly below each with its state, and
// a field for another.

import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { t } from '../../../i18n'
import { useMe, useMembers } from '../../../model/member'
import { stateOf } from '../../../model/project'
import { useRollUp } from '../../../model/roll_up'
import { type LocalTask, updateTask } from '../../../model/task'
import type { Project, Task } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { QuickAdd } from '../board/QuickAdd'
import { StateIcon } from '../icon'
import { StatePicker } from '../pickers'
import { partsOf, RollUp } from '../RollUp'
import { TaskLink } from '../TaskLink'
import { Bar } from './Bar'

interface Props {
  task: LocalTask
  project: Project
  /** Of the whole project. */
  tasks: readonly LocalTask[]
  /** The field for another is there. */
  adding: boolean
  onAdding: (adding: boolean) => void
  locked: boolean
}

export function Subtasks({ task, project, tasks, adding, onAdding, locked }: Props) {
  const below = useMemo(() => tasks.filter((one) => one.parent === task.id), [tasks, task.id])
  const sums = useRollUp(task)
  const zone = useMe().time_zone
  const first =
    project.workflow.states.find((state) => state.category === 'todo') ?? project.workflow.states[0]
  if (below.length === 0 && !adding) return null
  return (
    <section aria-label={t('work.subtasks')} className="my-2">
      {below.length > 0 && (
        <h3 className="flex min-h-8 flex-wrap items-center gap-x-2 font-medium text-sm">
          {t('work.subtasks')}
          {sums && (
            <>
              <Bar share={sums.done / sums.total} />
              <span className="font-normal text-faint text-xs">
                {[
                  t('work.subtasks_done', { done: sums.done, total: sums.total }),
                  ...partsOf(sums, zone),
                ].join(' · ')}
              </span>
            </>
          )}
        </h3>
      )}
      {below.map((one) => (
        <Line key={one.id} task={one} project={project} />
      ))}
      {adding && first ? (
        <div className="-mx-2">
          <QuickAdd
            project={project.id}
            state={first.id}
            parent={task.id}
            onClose={() => onAdding(false)}
          />
        </div>
      ) : locked ? null : (
        <button
          type="button"
          className="-mx-2 flex h-8 items-center gap-2 rounded-md px-2 text-faint text-sm
            hover:bg-hover hover:text-ink"
          onClick={() => onAdding(true)}
        >
          <Plus size={14} aria-hidden />
          {t('work.subtask_add')}
        </button>
      )}
    </section>
  )
}

function Line({ task, project }: { task: LocalTask; project: Project }) {
  const state = stateOf(project, task.state)
  const members = useMembers()
  const assignees = (task.assignees ?? []).flatMap(
    (id) => members.find((member) => member.id === id) ?? [],
  )
  return (
    <div className="-mx-2 flex h-8 items-center gap-2 rounded-md px-2 hover:bg-hover">
      <StatePicker
        label={state?.name ?? t('work.state')}
        states={project.workflow.states}
        value={task.state}
        onChange={(next) => updateTask(task.id, { state: next })}
        className="size-5 shrink-0 justify-center"
      >
        <StateIcon category={state?.category ?? 'todo'} />
      </StatePicker>
      <TaskLink
        task={task}
        closed={isClosed(project, task)}
        className="flex flex-1 items-center gap-2 text-sm hover:underline"
      />
      <RollUp task={task} className="text-faint text-xs" />
      <AvatarStack members={assignees} size={20} max={2} />
    </div>
  )
}

function isClosed(project: Project, task: Task): boolean {
  const category = stateOf(project, task.state)?.category
  return category === 'done' || category === 'cancelled'
}
