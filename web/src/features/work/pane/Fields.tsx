// The fields of a task, each a button that opens its picker.

import { type ReactNode, useState } from 'react'
import { t } from '../../../i18n'
import { formatAgo, formatFull } from '../../../i18n/format'
import { useMember, useMembers } from '../../../model/member'
import { stateOf, useProjectMembers } from '../../../model/project'
import { type LocalTask, updateTask, useTask, useTasks } from '../../../model/task'
import { typeName, typeOf, typesOf } from '../../../model/task_type'
import type { Project, Task } from '../../../protocol'
import { Avatar, AvatarStack } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { FieldLine } from '../field/FieldLine'
import { PriorityIcon, StateIcon } from '../icon'
import { LabelChip } from '../label'
import {
  DuePicker,
  DueText,
  LabelPicker,
  MemberPicker,
  PriorityPicker,
  priorityName,
  StartPicker,
  StartText,
  StatePicker,
  TypePicker,
} from '../pickers'
import { PickerButton, PickerList } from '../pickers/Picker'
import { TaskLink } from '../TaskLink'
import { TypeIconMark } from '../type'

interface Props {
  task: LocalTask
  project: Project
  /** Labels in use in the project. */
  labels: string[]
}

const VALUE = 'min-h-8 w-full gap-2 px-2 py-1 text-sm'

export function Fields({ task, project, labels }: Props) {
  const state = stateOf(project, task.state)
  const closed = state?.category === 'done' || state?.category === 'cancelled'
  const members = useProjectMembers(project.id)
  const type = typeOf(project, task)
  const assignees = task.assignees ?? []
  return (
    <div className="my-3 border-y border-line py-2">
      <FieldLine name={t('work.type')}>
        <TypePicker
          label={t('work.type')}
          types={typesOf(project)}
          value={type.id}
          onChange={(task_type) => updateTask(task.id, { task_type })}
          className={VALUE}
        >
          <TypeIconMark type={type} />
          <span className="truncate">{typeName(type)}</span>
        </TypePicker>
      </FieldLine>
      <FieldLine name={t('work.state')}>
        <StatePicker
          label={t('work.state')}
          states={project.workflow.states}
          value={task.state}
          onChange={(next) => updateTask(task.id, { state: next })}
          className={VALUE}
        >
          {state && <StateIcon category={state.category} />}
          <span className="truncate">{state?.name ?? task.state}</span>
        </StatePicker>
      </FieldLine>
      <FieldLine name={t('work.assignees')}>
        <MemberPicker
          label={t('work.assignees')}
          multiple
          value={assignees}
          first={members}
          onChange={(assignees) => updateTask(task.id, { assignees })}
          className={VALUE}
        >
          <People ids={assignees} />
        </MemberPicker>
      </FieldLine>
      {assignees.length > 1 && (
        <FieldLine name={t('work.responsible')}>
          <Responsible task={task} />
        </FieldLine>
      )}
      <FieldLine name={t('work.priority')}>
        <PriorityPicker
          label={t('work.priority')}
          value={task.priority}
          onChange={(priority) => updateTask(task.id, { priority })}
          className={VALUE}
        >
          <PriorityIcon priority={task.priority} />
          <span className={cx(task.priority === 'none' && 'text-faint')}>
            {priorityName(task.priority)}
          </span>
        </PriorityPicker>
      </FieldLine>
      <FieldLine name={t('work.labels')}>
        <LabelPicker
          label={t('work.labels')}
          value={task.labels ?? []}
          known={labels}
          onChange={(next) => updateTask(task.id, { labels: next })}
          className={cx(VALUE, 'flex-wrap gap-1')}
        >
          {(task.labels ?? []).map((label) => (
            <LabelChip key={label} label={label} />
          ))}
          {!task.labels?.length && <Nothing>{t('work.labels_add')}</Nothing>}
        </LabelPicker>
      </FieldLine>
      <FieldLine name={t('work.start')}>
        <StartPicker
          label={t('work.start')}
          value={task.start ?? null}
          onChange={(start) => updateTask(task.id, { start })}
          className={VALUE}
        >
          {task.start ? (
            <StartText start={task.start} due={task.due} />
          ) : (
            <Nothing>{t('work.start_add')}</Nothing>
          )}
        </StartPicker>
      </FieldLine>
      <FieldLine name={t('work.due')}>
        <DuePicker
          label={t('work.due')}
          value={task.due ?? null}
          onChange={(due) => updateTask(task.id, { due })}
          className={VALUE}
        >
          {task.due ? (
            <DueText due={task.due} closed={closed} />
          ) : (
            <Nothing>{t('work.due_add')}</Nothing>
          )}
        </DuePicker>
      </FieldLine>
      <FieldLine name={t('work.estimate')}>
        <Estimate key={task.estimate} task={task} />
      </FieldLine>
      <FieldLine name={t('work.parent')}>
        <Parent task={task} project={project} />
      </FieldLine>
      <FieldLine name={t('work.followers')}>
        <Followers ids={task.followers ?? []} />
      </FieldLine>
      <Written task={task} />
    </div>
  )
}

function Nothing({ children }: { children: ReactNode }) {
  return <span className="text-faint">{children}</span>
}

function People({ ids }: { ids: readonly string[] }) {
  const members = useMembers()
  if (ids.length === 0) return <Nothing>{t('work.nobody')}</Nothing>
  return (
    <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-1">
      {ids.map((id) => {
        const member = members.find((one) => one.id === id)
        return (
          <span key={id} className="flex min-w-0 items-center gap-1.5">
            <Avatar member={member} size={20} />
            <span className="truncate">{member?.name ?? t('common.unknown_member')}</span>
          </span>
        )
      })}
    </span>
  )
}

/** The first of several assignees; choosing another puts them first. */
function Responsible({ task }: { task: Task }) {
  const members = useMembers()
  const ids = task.assignees ?? []
  const nameOf = (id: string) =>
    members.find((member) => member.id === id)?.name ?? t('common.unknown_member')
  const options = ids.map((id) => ({
    value: id,
    text: nameOf(id),
    icon: <Avatar member={members.find((member) => member.id === id)} size={20} />,
  }))
  return (
    <PickerButton
      label={t('work.responsible')}
      className={VALUE}
      popup={(anchor, close) => (
        <PickerList
          anchor={anchor}
          label={t('work.responsible')}
          options={options}
          value={ids.slice(0, 1)}
          onChange={([chosen]) =>
            chosen &&
            updateTask(task.id, { assignees: [chosen, ...ids.filter((id) => id !== chosen)] })
          }
          onClose={close}
        />
      )}
    >
      <People ids={ids.slice(0, 1)} />
    </PickerButton>
  )
}

function Followers({ ids }: { ids: readonly string[] }) {
  const members = useMembers()
  const known = members.filter((member) => ids.includes(member.id))
  return (
    <div className="flex min-h-8 items-center px-2 text-sm">
      {known.length === 0 ? (
        <Nothing>{t('work.nobody')}</Nothing>
      ) : (
        <AvatarStack members={known} size={20} max={8} />
      )}
    </div>
  )
}

/** Points: a number from 0, or nothing. */
function Estimate({ task }: { task: Task }) {
  const [text, setText] = useState(task.estimate?.toString() ?? '')
  const points = text.trim() === '' ? null : Number(text.replace(',', '.'))
  const wrong = points !== null && !(points >= 0 && points <= 10_000)
  const save = () => {
    if (wrong) setText(task.estimate?.toString() ?? '')
    else if (points !== (task.estimate ?? null)) updateTask(task.id, { estimate: points })
  }
  return (
    <input
      value={text}
      inputMode="decimal"
      aria-label={t('work.estimate')}
      aria-invalid={wrong}
      placeholder={t('work.estimate_add')}
      className={cx(
        'h-8 w-full rounded-md bg-transparent px-2 text-sm hover:bg-hover focus:bg-transparent',
        wrong && 'text-urgent',
      )}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') {
          event.stopPropagation()
          setText(task.estimate?.toString() ?? '')
        }
      }}
    />
  )
}

const NO_PARENT = ''

function Parent({ task, project }: { task: Task; project: Project }) {
  const parent = useTask(task.parent ?? undefined)
  return (
    <div className="flex items-center">
      <PickerButton
        label={t('work.parent')}
        className={VALUE}
        popup={(anchor, close) => (
          <ParentList anchor={anchor} task={task} project={project} onClose={close} />
        )}
      >
        {parent ? (
          <span className="truncate">
            <span className="text-faint">{parent.key}</span> {parent.title}
          </span>
        ) : (
          <Nothing>{t('work.parent_add')}</Nothing>
        )}
      </PickerButton>
      {parent && (
        <TaskLink
          task={parent}
          className="shrink-0 px-2 py-1 text-accent-ink text-sm hover:underline"
        >
          {t('work.open')}
          <span className="sr-only"> {parent.key}</span>
        </TaskLink>
      )}
    </div>
  )
}

interface ParentProps {
  anchor: Parameters<typeof PickerList>[0]['anchor']
  task: Task
  project: Project
  onClose: () => void
}

function ParentList({ anchor, task, project, onClose }: ParentProps) {
  const { tasks } = useTasks(project.id)
  const options = tasks
    .filter((one) => one.id !== task.id && one.parent !== task.id)
    .map((one) => ({ value: one.id, text: one.title, words: [one.key], hint: one.key }))
  return (
    <PickerList
      anchor={anchor}
      label={t('work.parent')}
      options={[{ value: NO_PARENT, text: t('common.none') }, ...options]}
      value={[task.parent ?? NO_PARENT]}
      onChange={([chosen]) => updateTask(task.id, { parent: chosen || null })}
      onClose={onClose}
    />
  )
}

function Written({ task }: { task: Task }) {
  const author = useMember(task.created_by)
  return (
    <p className="px-0 pt-2 text-faint text-xs">
      <span title={formatFull(task.created_at)}>
        {t('work.created_by', {
          name: author?.name ?? t('common.unknown_member'),
          when: formatAgo(task.created_at),
        })}
      </span>
      {task.updated_at !== task.created_at && (
        <span title={formatFull(task.updated_at)}>
          {' · '}
          {t('work.updated_when', { when: formatAgo(task.updated_at) })}
        </span>
      )}
    </p>
  )
}
