// One pop-up for changing one field of one task, shared by all cards or rows of a screen: only
// the open one is mounted. Keys `t s p a l d` open it on what has the focus.

import { type ReactNode, useCallback, useState } from 'react'
import { t } from '../../../i18n'
import { useProjectMembers } from '../../../model/project'
import { updateTask, useTask } from '../../../model/task'
import { typeOf, typesOf } from '../../../model/task_type'
import type { CommandOf, Priority, Project, Task } from '../../../protocol'
import { DueCalendar, LabelList, MemberList, PriorityList, StateList, TypeList } from '../pickers'

export type Field = 'type' | 'state' | 'priority' | 'assignees' | 'labels' | 'due'

/** The keys that open a field's pop-up on a focused card or row. */
export const FIELD_KEYS: Record<string, Field> = {
  t: 'type',
  s: 'state',
  p: 'priority',
  a: 'assignees',
  l: 'labels',
  d: 'due',
}

export type OpenField = (task: Task, field: Field, anchor: HTMLElement) => void

interface Opened {
  task: string
  field: Field
  anchor: HTMLElement
}

/** The opener, and the element to render once on the screen. */
export function useFieldPopup(projectOf: (task: Task) => Project | undefined, labels: string[]) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const open = useCallback<OpenField>(
    (task, field, anchor) => setOpened({ task: task.id, field, anchor }),
    [],
  )
  const close = () => setOpened(null)
  const popup: ReactNode = opened && (
    <FieldPopup
      key={`${opened.task} ${opened.field}`}
      {...opened}
      projectOf={projectOf}
      labels={labels}
      onClose={close}
    />
  )
  return { open, popup }
}

interface PopupProps extends Opened {
  projectOf: (task: Task) => Project | undefined
  labels: string[]
  onClose: () => void
}

function FieldPopup({ task: id, field, anchor, projectOf, labels, onClose }: PopupProps) {
  const task = useTask(id)
  const project = task ? projectOf(task) : undefined
  if (!task || !project) return null
  const change = (changes: Omit<CommandOf<'update_task'>, 'type' | 'task'>) =>
    updateTask(task.id, changes)
  const list = { anchor, onClose }
  switch (field) {
    case 'type':
      return (
        <TypeList
          {...list}
          types={typesOf(project)}
          value={typeOf(project, task).id}
          onChange={(task_type) => change({ task_type })}
        />
      )
    case 'state':
      return (
        <StateList
          {...list}
          states={project.workflow.states}
          value={task.state}
          onChange={(state) => change({ state })}
        />
      )
    case 'priority':
      return (
        <PriorityList
          {...list}
          value={task.priority}
          onChange={(priority: Priority) => change({ priority })}
        />
      )
    case 'assignees':
      return (
        <AssigneeList
          {...list}
          project={project.id}
          value={task.assignees ?? []}
          onChange={(assignees) => change({ assignees })}
        />
      )
    case 'labels':
      return (
        <LabelList
          {...list}
          known={labels}
          value={task.labels ?? []}
          onChange={(next) => change({ labels: next })}
        />
      )
    case 'due':
      return <DueCalendar {...list} value={task.due ?? null} onChange={(due) => change({ due })} />
  }
}

interface AssigneeProps {
  project: string
  anchor: HTMLElement
  value: string[]
  onChange: (members: string[]) => void
  onClose: () => void
}

function AssigneeList({ project, ...list }: AssigneeProps) {
  const members = useProjectMembers(project)
  return <MemberList {...list} multiple label={t('work.assignees')} first={members} />
}
