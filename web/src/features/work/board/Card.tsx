// One card of the board: drawn anew only when its task changes. Draggable, a place to drop
// beside, and a stop of the arrow keys; what keys and drops mean is the board's business.

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import {
  attachClosestEdge,
  extractClosestEdge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { CircleAlert, Clock, MessageSquare, MoreHorizontal } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { useMember } from '../../../model/member'
import { useProject } from '../../../model/project'
import { useRollUp } from '../../../model/roll_up'
import type { LocalTask } from '../../../model/task'
import { specialTypeOf, typeName } from '../../../model/task_type'
import { Avatar } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { DropLine } from '../../../ui/DropLine'
import { Named } from '../../../ui/Named'
import { ChecklistProgress } from '../ChecklistProgress'
import type { Field } from '../field/FieldPopup'
import { CardFields } from '../field/ShownValue'
import type { ShownFields } from '../field/shown'
import { PriorityIcon } from '../icon'
import { LabelChip } from '../label'
import { BlockedMark } from '../link'
import { DueText, priorityName } from '../pickers'
import { RollUp } from '../RollUp'
import { TypeIconMark } from '../type'
import { useBoard } from './context'

interface Props {
  task: LocalTask
  closed: boolean
  /** Lifted by the keyboard. */
  picked: boolean
  /** The one card of the board that Tab reaches. */
  tabStop: boolean
  /** Custom fields; the same object for all cards. */
  shown: ShownFields
}

/** A row of a column: the card with its share of the gap, so that drops find no holes. */
export const Card = memo(function Card({ task, closed, picked, tabStop, shown }: Props) {
  const row = useRef<HTMLDivElement>(null)
  const card = useRef<HTMLElement>(null)
  const { drag, edge } = useDrag(task.id, row, card)
  const board = useBoard()
  return (
    <div ref={row} className="relative px-2 py-[3px]">
      {edge && <DropLine edge={edge} />}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the board handles the keys of its cards */}
      <article
        ref={card}
        data-task={task.id}
        tabIndex={tabStop ? 0 : -1}
        aria-label={`${task.key} ${task.title}`}
        aria-describedby="board-keys"
        className={cx(
          'group relative flex flex-col gap-1.5 rounded-md border border-line bg-raised p-3',
          'shadow-card outline-offset-0 hover:border-line-strong',
          drag && 'opacity-40',
          picked && 'border-accent shadow-popup',
          task.local?.state === 'failed' && 'border-urgent',
        )}
        onClick={(event) => board.onOpen(task, event)}
        onFocus={() => board.onFocus(task.id)}
      >
        <Head task={task} />
        <p className={cx('line-clamp-3 text-sm break-words', closed && 'text-soft')}>
          {task.title}
        </p>
        {shown.fields.length > 0 && <CardFields task={task} shown={shown} />}
        <Foot task={task} closed={closed} />
      </article>
    </div>
  )
})

function Head({ task }: { task: LocalTask }) {
  const board = useBoard()
  const type = specialTypeOf(useProject(task.project), task)
  return (
    <div className="flex h-5 items-center gap-1.5">
      {type && (
        <FieldButton task={task} field="type" label={typeName(type)} open={board.onField}>
          <TypeIconMark type={type} />
        </FieldButton>
      )}
      <span className="text-xs text-faint">{task.key}</span>
      <BlockedMark task={task} />
      <Sending task={task} />
      <span className="flex-1" />
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('work.card_menu', { key: task.key })}
        className="flex size-5 items-center justify-center rounded-sm text-faint opacity-0
          group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-hover hover:text-ink
          max-md:opacity-100"
        onClick={(event) => {
          event.stopPropagation()
          board.onMenu(task, event.currentTarget)
        }}
      >
        <MoreHorizontal size={14} aria-hidden />
      </button>
      <Assignees task={task} />
    </div>
  )
}

/** Quiet while a change is on its way, loud when it was refused. */
export function Sending({ task }: { task: LocalTask }) {
  if (task.local?.state === 'sending')
    return <Clock size={12} className="late text-faint" aria-label={t('work.sending')} />
  if (task.local?.state === 'failed')
    return <CircleAlert size={14} className="text-urgent" aria-label={t('work.refused')} />
  return null
}

function Assignees({ task }: { task: LocalTask }) {
  const board = useBoard()
  const assignees = task.assignees ?? []
  return (
    <FieldButton task={task} field="assignees" label={t('work.assignees')} open={board.onField}>
      {assignees.slice(0, 2).map((id, at) => (
        <Face key={id} id={id} overlaps={at > 0} />
      ))}
      {assignees.length > 2 && (
        <span className="ml-1 text-2xs text-faint">+{assignees.length - 2}</span>
      )}
      {assignees.length === 0 && (
        <span
          aria-hidden
          className="size-5 rounded-full border border-line-strong border-dashed opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:hidden"
        />
      )}
    </FieldButton>
  )
}

function Face({ id, overlaps }: { id: string; overlaps: boolean }) {
  const member = useMember(id)
  return (
    <span
      title={member?.name}
      className={cx('inline-flex rounded-full ring-2 ring-raised', overlaps && '-ml-[3px]')}
    >
      <Avatar member={member} size={20} className="block" />
    </span>
  )
}

function Foot({ task, closed }: { task: LocalTask; closed: boolean }) {
  const board = useBoard()
  const labels = task.labels ?? []
  const hasSubtasks = !!useRollUp(task)
  if (
    task.priority === 'none' &&
    labels.length === 0 &&
    !task.due &&
    !hasSubtasks &&
    !task.checklist?.length &&
    !task.estimate &&
    !task.message_count
  )
    return null
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-faint">
      {task.priority !== 'none' && (
        <FieldButton
          task={task}
          field="priority"
          label={priorityName(task.priority)}
          open={board.onField}
        >
          <PriorityIcon priority={task.priority} />
        </FieldButton>
      )}
      {labels.slice(0, 3).map((label) => (
        <LabelChip key={label} label={label} />
      ))}
      {labels.length > 3 && <span>+{labels.length - 3}</span>}
      {/* One group: on a crowded card it goes to the next line as a whole. */}
      <span className="ml-auto flex items-center gap-2">
        {task.due && (
          <FieldButton task={task} field="due" label={t('work.due')} open={board.onField}>
            <DueText due={task.due} closed={closed} />
          </FieldButton>
        )}
        <RollUp task={task} />
        <ChecklistProgress items={task.checklist} />
        {!!task.estimate && (
          <span title={t('work.estimate')} className="rounded-sm bg-sunken px-1">
            {task.estimate}
          </span>
        )}
        {task.message_count > 0 && (
          <span className="flex items-center gap-1" title={t('work.messages')}>
            <MessageSquare size={12} aria-hidden />
            {task.message_count}
          </span>
        )}
      </span>
    </div>
  )
}

interface FieldButtonProps {
  task: LocalTask
  field: Field
  label: string
  open: (task: LocalTask, field: Field, anchor: HTMLElement) => void
  children: React.ReactNode
}

function FieldButton({ task, field, label, open, children }: FieldButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      title={label}
      className="relative flex min-h-5 items-center rounded-sm hover:bg-hover"
      onClick={(event) => {
        event.stopPropagation()
        open(task, field, event.currentTarget)
      }}
    >
      <Named label={label} />
      {children}
    </button>
  )
}

type Element = React.RefObject<HTMLElement | null>

/** Makes the card draggable and its row a place to drop above or below. */
function useDrag(task: string, row: Element, card: Element) {
  const [drag, setDrag] = useState(false)
  const [edge, setEdge] = useState<'top' | 'bottom' | null>(null)
  useEffect(() => {
    if (!row.current || !card.current) return
    return combine(
      draggable({
        element: card.current,
        getInitialData: () => ({ task }),
        onDragStart: () => setDrag(true),
        onDrop: () => setDrag(false),
      }),
      dropTargetForElements({
        element: row.current,
        canDrop: ({ source }) => typeof source.data.task === 'string',
        getData: ({ input, element }) =>
          attachClosestEdge({ beside: task }, { input, element, allowedEdges: ['top', 'bottom'] }),
        getIsSticky: () => false,
        onDrag: ({ self, source }) => {
          const near = source.data.task === task ? null : extractClosestEdge(self.data)
          setEdge(near === 'top' || near === 'bottom' ? near : null)
        },
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    )
  }, [task, row, card])
  return { drag, edge }
}
