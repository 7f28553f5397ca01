// Tasks as rows under headings, mounted only where they show. Used by a project's list and by my
// work; fields change in place through the caller's pop-up.

import { Archive, ChevronRight, MessageSquare } from 'lucide-react'
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useRef,
  useState,
} from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { t } from '../../../i18n'
import { useMembers } from '../../../model/member'
import { stateOf } from '../../../model/project'
import type { LocalTask } from '../../../model/task'
import { specialTypeOf } from '../../../model/task_type'
import type { Project, Task } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { focusOnceThere } from '../../../ui/focus'
import { Named } from '../../../ui/Named'
import { Sending } from '../board/Card'
import { ChecklistProgress } from '../ChecklistProgress'
import { FIELD_KEYS, type Field, type OpenField } from '../field/FieldPopup'
import { FieldNames, RowFields, widthFor } from '../field/ShownValue'
import type { ShownFields } from '../field/shown'
import { PriorityIcon, StateIcon } from '../icon'
import { LabelChip } from '../label'
import { BlockedMark } from '../link'
import { openCard } from '../open'
import { DueText, priorityName } from '../pickers'
import { RollUp } from '../RollUp'
import { TypeMark } from '../type'

/** Tasks under one heading. */
export interface RowGroup {
  id: string
  title: string
  icon?: ReactNode
  tasks: readonly LocalTask[]
  /** Beside the heading at its end. */
  action?: ReactNode
}

interface Props {
  /** Names the list for assistive technology. */
  label: string
  groups: readonly RowGroup[]
  projectOf: (task: Task) => Project | undefined
  onField: OpenField
  onMenu: (task: Task, anchor: HTMLElement) => void
  /** Custom fields, as columns. */
  shown?: ShownFields
}

type Line = { group: RowGroup } | { task: LocalTask }

const ROW_HEIGHT = 36

export function TaskRows({ label, groups, projectOf, onField, onMenu, shown }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [focused, setFocused] = useState<string | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const lines = groups.flatMap((group): Line[] => [
    { group },
    ...(closed.has(group.id) ? [] : group.tasks.map((task) => ({ task }))),
  ])
  const tasks = lines.flatMap((line) => ('task' in line ? [line.task] : []))
  const stop = tasks.some((task) => task.id === focused) ? focused : tasks[0]?.id
  const focus = (task: LocalTask | undefined) => {
    if (!task) return
    const at = lines.findIndex((line) => 'task' in line && line.task.id === task.id)
    list.current?.scrollToIndex(at, { align: 'nearest' })
    focusOnceThere(() => frame.current?.querySelector(`[data-task="${task.id}"]`))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = event.target as HTMLElement
    const at = tasks.findIndex((task) => task.id === row.dataset?.task)
    const task = tasks[at]
    if (!task || event.metaKey || event.ctrlKey || event.altKey) return
    const field = FIELD_KEYS[event.key]
    if (event.key === 'ArrowDown') focus(tasks[at + 1])
    else if (event.key === 'ArrowUp') focus(tasks[at - 1])
    else if (event.key === 'Home') focus(tasks[0])
    else if (event.key === 'End') focus(tasks[tasks.length - 1])
    else if (event.key === 'Enter') openCard(task)
    else if (event.key === 'ContextMenu') onMenu(task, row)
    else if (field && !task.archived) onField(task, field, row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const toggle = (group: string) => {
    const next = new Set(closed)
    if (!next.delete(group)) next.add(group)
    setClosed(next)
  }
  return (
    <Frame shown={shown}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are mounted by a virtual list */}
      <div
        ref={frame}
        role="list"
        aria-label={label}
        className={cx(
          'min-h-0 flex-1 overflow-y-auto overscroll-contain pb-6',
          shown?.fields.length && '[scrollbar-gutter:stable]',
        )}
        onKeyDown={onKeyDown}
      >
        <Virtualizer ref={list} data={lines} itemSize={ROW_HEIGHT}>
          {(line) =>
            'group' in line ? (
              <GroupHead
                key={`group ${line.group.id}`}
                group={line.group}
                open={!closed.has(line.group.id)}
                onToggle={() => toggle(line.group.id)}
              />
            ) : (
              <TaskRow
                key={line.task.id}
                task={line.task}
                project={projectOf(line.task)}
                tabStop={line.task.id === stop}
                onField={onField}
                onFocus={setFocused}
                shown={shown}
              />
            )
          }
        </Virtualizer>
      </div>
    </Frame>
  )
}

/** Where there are columns it can be wider than its place, with their names above. */
function Frame({ shown, children }: { shown: ShownFields | undefined; children: ReactNode }) {
  const hasColumns = shown !== undefined && shown.fields.length > 0
  return (
    <div className="h-full min-h-0 overflow-x-auto">
      <div
        className={cx('flex h-full flex-col', hasColumns && 'md:min-w-(--columns)')}
        style={hasColumns ? ({ '--columns': widthFor(shown) } as CSSProperties) : undefined}
      >
        {hasColumns && <FieldNames shown={shown} />}
        {children}
      </div>
    </div>
  )
}

interface HeadProps {
  group: RowGroup
  open: boolean
  onToggle: () => void
}

function GroupHead({ group, open, onToggle }: HeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are mounted by a virtual list
    <div
      role="listitem"
      className="flex h-9 items-center gap-1 border-line border-b bg-sunken pr-3 pl-2"
    >
      <button
        type="button"
        aria-expanded={open}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left text-sm"
        onClick={onToggle}
      >
        <ChevronRight
          size={14}
          aria-hidden
          className={cx(
            'shrink-0 text-faint transition-transform duration-(--quick)',
            open && 'rotate-90',
          )}
        />
        {group.icon}
        <span className="truncate font-medium">{group.title}</span>
        <span className="text-faint text-xs">{group.tasks.length}</span>
      </button>
      {group.action}
    </div>
  )
}

interface RowProps {
  task: LocalTask
  project: Project | undefined
  tabStop: boolean
  onField: OpenField
  onFocus: (task: string) => void
  shown: ShownFields | undefined
}

/** One line; on a phone two, so that the title has the whole width. */
const ROW = cx(
  'group flex h-9 items-center gap-2 border-line border-b px-4 outline-offset-[-2px]',
  'hover:bg-hover max-md:grid max-md:h-15 max-md:grid-cols-[24px_auto_auto_1fr_auto]',
  'max-md:grid-rows-[24px_20px] max-md:content-center max-md:gap-y-0 max-md:px-3',
)

const TaskRow = memo(function TaskRow(props: RowProps) {
  const { task, project, tabStop, onField, onFocus, shown } = props
  const state = stateOf(project, task.state)
  const closed = state?.category === 'done' || state?.category === 'cancelled'
  const field = { task, onField }
  const type = specialTypeOf(project, task)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its rows
    // biome-ignore lint/a11y/useSemanticElements: rows are mounted by a virtual list
    <div
      role="listitem"
      data-task={task.id}
      tabIndex={tabStop ? 0 : -1}
      aria-label={`${task.key} ${task.title}`}
      className={ROW}
      onFocus={() => onFocus(task.id)}
      onClick={(event) => openCard(task, event)}
    >
      <Cell
        {...field}
        field="priority"
        label={priorityName(task.priority)}
        className={cx(
          'w-6 justify-center max-md:col-start-3 max-md:row-start-2 max-md:w-5',
          task.priority === 'none' && 'max-md:hidden',
        )}
      >
        <PriorityIcon priority={task.priority} />
      </Cell>
      <span
        className="w-18 shrink-0 truncate text-faint text-xs max-md:col-start-2 max-md:row-start-2
          max-md:w-auto"
      >
        {task.key}
      </span>
      <Cell
        {...field}
        field="state"
        label={state?.name ?? t('work.state')}
        className="w-6 justify-center max-md:col-start-1 max-md:row-span-2 max-md:row-start-1"
      >
        <StateIcon category={state?.category ?? 'todo'} />
      </Cell>
      <span
        className={cx(
          'flex min-w-0 flex-1 items-center gap-2 text-sm md:min-w-40',
          'max-md:col-span-3 max-md:col-start-2 max-md:row-start-1 max-md:text-base',
          closed && 'text-soft',
        )}
      >
        {type && <TypeMark type={type} />}
        <span className="truncate">{task.title}</span>
        {task.archived && (
          <Archive size={14} aria-label={t('work.archived')} className="shrink-0 text-faint" />
        )}
        <BlockedMark task={task} />
        <Sending task={task} />
      </span>
      <span className="flex min-w-0 items-center gap-1 overflow-hidden max-lg:hidden">
        {(task.labels ?? []).slice(0, 2).map((label) => (
          <LabelChip key={label} label={label} />
        ))}
      </span>
      <RollUp task={task} className="text-faint text-xs max-md:hidden" />
      <ChecklistProgress items={task.checklist} className="text-faint text-xs max-md:hidden" />
      {task.message_count > 0 && (
        <span
          className="flex shrink-0 items-center gap-1 text-faint text-xs max-md:hidden"
          title={t('work.messages')}
        >
          <MessageSquare size={12} aria-hidden />
          {task.message_count}
        </span>
      )}
      {!!task.estimate && (
        <span
          className="shrink-0 rounded-sm bg-sunken px-1 text-faint text-xs max-md:hidden"
          title={t('work.estimate')}
        >
          {task.estimate}
        </span>
      )}
      <Cell
        {...field}
        field="due"
        label={t('work.due')}
        className="px-1 text-soft text-xs max-md:col-start-4 max-md:row-start-2 max-md:justify-self-start"
      >
        {task.due && <DueText due={task.due} closed={closed} />}
      </Cell>
      <Assignees task={task} onField={onField} />
      {shown && <RowFields task={task} shown={shown} />}
    </div>
  )
})

function Assignees({ task, onField }: { task: LocalTask; onField: OpenField }) {
  const members = useMembers()
  // In their order: the responsible one first.
  const assignees = (task.assignees ?? []).flatMap(
    (id) => members.find((member) => member.id === id) ?? [],
  )
  return (
    <Cell
      task={task}
      field="assignees"
      onField={onField}
      label={t('work.assignees')}
      className="w-14 justify-end max-md:col-start-5 max-md:row-span-2 max-md:row-start-1 max-md:w-auto"
    >
      {assignees.length > 0 ? (
        <AvatarStack members={assignees} size={20} max={2} />
      ) : (
        <span
          aria-hidden
          className={cx(
            'size-5',
            !task.archived &&
              'rounded-full border border-line-strong border-dashed opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
          )}
        />
      )}
    </Cell>
  )
}

interface CellProps {
  task: LocalTask
  field: Field
  label: string
  onField: OpenField
  className: string
  children: ReactNode
}

/** A field that a click changes in place, unless the task is archived. */
function Cell({ task, field, label, onField, className, children }: CellProps) {
  if (!children) return null
  if (task.archived)
    return (
      <span title={label} className={cx('relative flex h-6 shrink-0 items-center', className)}>
        <Named label={label} />
        {children}
      </span>
    )
  return (
    <button
      type="button"
      tabIndex={-1}
      title={label}
      className={cx(
        'relative flex h-6 shrink-0 items-center rounded-sm hover:bg-active',
        className,
      )}
      onClick={(event) => {
        event.stopPropagation()
        onField(task, field, event.currentTarget)
      }}
    >
      <Named label={label} />
      {children}
    </button>
  )
}
