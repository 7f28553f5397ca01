// The small steps within a task: checked off, edited in place, put in order by dragging or with
// Alt and the arrow keys. A list that is pasted becomes items.

import { GripVertical, MoreHorizontal, Plus } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { openTask } from '../../../app/place'
import { t } from '../../../i18n'
import {
  addItems,
  CHECKLIST_ITEMS_MAX,
  doneOf,
  makeSubtask,
  removeItem,
  updateItem,
} from '../../../model/checklist'
import { useMember } from '../../../model/member'
import { useProjectMembers } from '../../../model/project'
import type { LocalTask } from '../../../model/task'
import type { ChecklistItem } from '../../../protocol'
import { Avatar } from '../../../ui/Avatar'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { DropLine } from '../../../ui/DropLine'
import { Checkbox } from '../../../ui/Field'
import { Menu, MenuItem, MenuLine } from '../../../ui/Menu'
import { toast } from '../../../ui/Toast'
import { ITEM_CHARS_MAX, itemsOf } from '../logic/checklist'
import { DueCalendar, DuePicker, DueText, MemberList, MemberPicker } from '../pickers'
import { type Edge, useOrder } from '../useOrder'
import { useTyped } from '../useTyped'
import { Bar } from './Bar'

interface Props {
  task: LocalTask
  /** The field for another item is there. */
  adding: boolean
  onAdding: (adding: boolean) => void
  locked: boolean
}

export function Checklist({ task, adding, onAdding, locked }: Props) {
  const items = task.checklist ?? []
  if (items.length === 0 && !adding) return null
  const done = doneOf(items)
  const place = (id: string, to: number) => {
    const others = items.filter((item) => item.id !== id)
    if (to < 0 || to > others.length) return
    updateItem(task.id, id, { after: others[to - 1]?.id ?? null })
  }
  return (
    <section aria-label={t('work.checklist')} className="my-2">
      <h3 className="flex h-8 items-center gap-2 font-medium text-sm">
        {t('work.checklist')}
        {items.length > 0 && (
          <>
            <span className="font-normal text-faint text-xs">
              {t('work.checklist_done', { done, total: items.length })}
            </span>
            <Bar share={done / items.length} />
          </>
        )}
      </h3>
      <ul>
        {items.map((item, at) => (
          <Line
            key={item.id}
            task={task}
            item={item}
            locked={locked}
            onShift={(by) => place(item.id, at + by)}
            onPlace={(id, edge) => {
              const others = items.filter((other) => other.id !== id)
              const beside = others.findIndex((other) => other.id === item.id)
              place(id, beside + (edge === 'bottom' ? 1 : 0))
            }}
            first={at === 0}
            last={at === items.length - 1}
          />
        ))}
      </ul>
      {adding ? (
        <NewItem task={task} onClose={() => onAdding(false)} />
      ) : (
        !locked &&
        items.length < CHECKLIST_ITEMS_MAX && (
          <button
            type="button"
            className="-mx-2 flex h-8 items-center gap-2 rounded-md px-2 text-faint text-sm
              hover:bg-hover hover:text-ink"
            onClick={() => onAdding(true)}
          >
            <Plus size={14} aria-hidden />
            {t('work.item_add')}
          </button>
        )
      )}
    </section>
  )
}

interface LineProps {
  task: LocalTask
  item: ChecklistItem
  first: boolean
  last: boolean
  locked: boolean
  onShift: (by: number) => void
  onPlace: (item: string, edge: Edge) => void
}

function Line({ task, item, first, last, locked, onShift, onPlace }: LineProps) {
  const line = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLSpanElement>(null)
  const [editing, setEditing] = useState(false)
  const edge = useOrder(line, handle, {
    kind: 'item',
    id: item.id,
    locked: locked || editing,
    onPlace,
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (locked || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onShift(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li
      ref={line}
      className="group -mx-2 relative flex min-h-8 items-center gap-2 rounded-md px-2
        hover:bg-hover max-md:min-h-10"
      onKeyDown={onKeyDown}
    >
      <DropLine edge={edge} />
      <span
        ref={handle}
        aria-hidden
        className={cx(
          'absolute -left-1 flex h-6 w-3 cursor-grab items-center justify-center text-faint',
          'opacity-0 group-hover:opacity-100 max-md:hidden',
          locked && 'hidden',
        )}
      >
        <GripVertical size={12} />
      </span>
      <Checkbox
        checked={item.done ?? false}
        label={item.text}
        labelHidden
        disabled={locked}
        onChange={(done) => updateItem(task.id, item.id, { done })}
      />
      {editing ? (
        <Text task={task} item={item} onClose={() => setEditing(false)} />
      ) : (
        <button
          type="button"
          title={t('work.item_edit')}
          className={cx(
            'min-w-0 flex-1 py-1.5 text-left text-sm break-words enabled:cursor-text',
            item.done && 'text-faint line-through',
          )}
          onClick={() => setEditing(true)}
        >
          {item.text}
        </button>
      )}
      <Fields task={task} item={item} />
      {!locked && (
        <Actions
          task={task}
          item={item}
          first={first}
          last={last}
          onShift={onShift}
          onEdit={() => setEditing(true)}
        />
      )}
    </li>
  )
}

/** Due date and person, where there are any. */
function Fields({ task, item }: { task: LocalTask; item: ChecklistItem }) {
  const member = useMember(item.assignee ?? undefined)
  return (
    <>
      {item.due && (
        <DuePicker
          label={t('work.item_due')}
          value={item.due}
          onChange={(due) => updateItem(task.id, item.id, { due })}
          className="h-6 shrink-0 px-1 text-soft text-xs"
        >
          <DueText due={item.due} closed={item.done} />
        </DuePicker>
      )}
      {item.assignee && (
        <MemberPicker
          label={t('work.item_assign')}
          value={[item.assignee]}
          onChange={([assignee]) => updateItem(task.id, item.id, { assignee: assignee ?? null })}
          className="size-6 shrink-0 justify-center"
          title={member?.name}
        >
          <Avatar member={member} size={20} />
        </MemberPicker>
      )}
    </>
  )
}

interface ActionsProps extends Omit<LineProps, 'onPlace' | 'locked'> {
  onEdit: () => void
}

function Actions({ task, item, first, last, onShift, onEdit }: ActionsProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [field, setField] = useState<'assignee' | 'due' | null>(null)
  const members = useProjectMembers(task.project)
  const change = (changes: Parameters<typeof updateItem>[2]) =>
    updateItem(task.id, item.id, changes)
  const promote = () => {
    makeSubtask(task.id, item.id).settled.then(
      ({ key }) =>
        key &&
        toast({
          title: t('work.item_subtask_made', { item: item.text, key }),
          action: { label: t('work.open'), run: () => openTask(key) },
        }),
      () => undefined,
    )
  }
  return (
    <>
      <Menu
        trigger={
          <IconButton
            ref={button}
            size="sm"
            label={t('work.item_menu', { item: item.text })}
            className="shrink-0 opacity-0 focus-visible:opacity-100 group-hover:opacity-100
              aria-expanded:opacity-100 max-md:opacity-100"
          >
            <MoreHorizontal size={14} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onClick={onEdit}>{t('work.item_edit')}</MenuItem>
        <MenuItem onClick={() => setField('assignee')}>{t('work.item_assign')}</MenuItem>
        <MenuItem onClick={() => setField('due')}>{t('work.item_due')}</MenuItem>
        <MenuItem onClick={promote}>{t('work.item_subtask')}</MenuItem>
        <MenuLine />
        <MenuItem disabled={first} shortcut="Alt+↑" onClick={() => onShift(-1)}>
          {t('work.item_up')}
        </MenuItem>
        <MenuItem disabled={last} shortcut="Alt+↓" onClick={() => onShift(1)}>
          {t('work.item_down')}
        </MenuItem>
        <MenuLine />
        <MenuItem danger onClick={() => removeItem(task.id, item.id)}>
          {t('work.item_remove')}
        </MenuItem>
      </Menu>
      {field === 'assignee' && (
        <MemberList
          anchor={button}
          label={t('work.item_assign')}
          value={item.assignee ? [item.assignee] : []}
          first={members}
          onChange={([assignee]) => change({ assignee: assignee ?? null })}
          onClose={() => setField(null)}
        />
      )}
      {field === 'due' && (
        <DueCalendar
          anchor={button}
          value={item.due ?? null}
          onChange={(due) => change({ due })}
          onClose={() => setField(null)}
        />
      )}
    </>
  )
}

interface TextProps {
  task: LocalTask
  item: ChecklistItem
  onClose: () => void
}

/** Editing in place: Enter and leaving save, Escape does not, an empty one is removed. */
function Text({ task, item, onClose }: TextProps) {
  const [text, setText] = useState(item.text)
  const left = useRef(false)
  const save = () => {
    if (left.current) return
    left.current = true
    const words = text.trim()
    if (words === '') removeItem(task.id, item.id)
    else if (words !== item.text) updateItem(task.id, item.id, { text: words })
    onClose()
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
      autoFocus
      value={text}
      maxLength={ITEM_CHARS_MAX}
      aria-label={t('work.item_text')}
      className="h-7 min-w-0 flex-1 rounded-sm bg-raised px-1 text-sm"
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.keyCode === 229) return
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') {
          event.stopPropagation()
          left.current = true
          onClose()
        }
      }}
    />
  )
}

/** The field for one item after another; what was typed is kept until it is added. */
function NewItem({ task, onClose }: { task: LocalTask; onClose: () => void }) {
  const [text, setText] = useTyped(`checklist:${task.id}`)
  const [full, setFull] = useState(false)
  const room = CHECKLIST_ITEMS_MAX - (task.checklist?.length ?? 0)
  const add = (items: ReturnType<typeof itemsOf>): boolean => {
    setFull(items.length > room)
    if (items.length === 0 || items.length > room) return false
    addItems(task.id, items)
    return true
  }
  const addTyped = () => {
    if (add(itemsOf(text))) setText('')
  }
  return (
    <div className="-mx-2 px-2">
      <input
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
        autoFocus
        value={text}
        maxLength={ITEM_CHARS_MAX}
        aria-label={t('work.item_add')}
        placeholder={t('work.item_add_hint')}
        className="h-8 w-full rounded-md border border-line-strong bg-raised px-2 text-sm
          outline-none focus:border-accent max-md:h-10"
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          if (!/\n/.test(pasted.trim())) return
          event.preventDefault()
          add(itemsOf(pasted))
        }}
        onBlur={() => {
          addTyped()
          if (!full) onClose()
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return
          if (event.key === 'Enter') {
            event.preventDefault()
            addTyped()
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
        }}
      />
      {full && (
        <p role="alert" className="mt-1 text-urgent text-xs">
          {t('work.checklist_full', { max: CHECKLIST_ITEMS_MAX })}
        </p>
      )}
    </div>
  )
}
