// One column of the board: head with total, its own scroll, cards mounted only where they show,
// and a place to write a new task.

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { EyeOff, MoreHorizontal, Plus } from 'lucide-react'
import { memo, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { t } from '../../../i18n'
import type { LocalTask } from '../../../model/task'
import type { State } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { focusOnceThere } from '../../../ui/focus'
import { Menu, MenuItem } from '../../../ui/Menu'
import type { ShownFields } from '../field/shown'
import { StateIcon } from '../icon'
import { Card } from './Card'
import { QuickAdd } from './QuickAdd'
import { useTurn } from './useTurn'

/** What the board does with a column. */
export interface ColumnHandle {
  /** Scrolls the card into view and gives it the focus. */
  focus: (index: number) => void
}

interface Props {
  project: string
  state: State
  /** In order; what the filter lets through. */
  tasks: readonly LocalTask[]
  /** All tasks of the state. */
  total: number
  picked: string | null
  dragged: string | null
  tabStop: string | null
  /** How many columns mount their cards before this one. */
  turn: number
  /** Custom fields on its cards. */
  shown: ShownFields
  handle: RefObject<Map<string, ColumnHandle>>
  onHide: (state: string) => void
}

const CARD_HEIGHT = 92
const NONE: LocalTask[] = []

export const Column = memo(function Column(props: Props) {
  const { project, state, tasks, total, picked, dragged, tabStop, turn, shown, onHide } = props
  const isTurn = useTurn(turn)
  const [adding, setAdding] = useState<'top' | 'bottom' | null>(null)
  const add = useCallback(() => setAdding('top'), [])
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const over = useDropPlace(state.id, scroller)
  useColumnHandle(props, scroller, list)
  const closed = state.category === 'done' || state.category === 'cancelled'
  const kept = tasks.findIndex((task) => task.id === dragged)
  return (
    <section
      aria-label={t('work.column_label', { state: state.name, count: total })}
      className="flex h-full w-72 shrink-0 snap-start flex-col rounded-lg bg-sunken [contain:strict]
        max-md:w-[84vw]"
    >
      <Head state={state} shown={tasks.length} total={total} onAdd={add} onHide={onHide} />
      <div
        ref={scroller}
        className={cx(
          'min-h-0 flex-1 overflow-y-auto overscroll-y-contain rounded-b-lg pb-2',
          over && tasks.length === 0 && 'bg-accent-soft',
        )}
      >
        {adding === 'top' && (
          <QuickAdd
            project={project}
            state={state.id}
            above={tasks[0]?.id}
            onClose={() => setAdding(null)}
          />
        )}
        <Virtualizer
          ref={list}
          data={isTurn ? (tasks as LocalTask[]) : NONE}
          itemSize={CARD_HEIGHT}
          ssrCount={10}
          keepMounted={kept >= 0 ? [kept] : undefined}
        >
          {(task) => (
            <Card
              key={task.id}
              task={task}
              closed={closed}
              picked={task.id === picked}
              tabStop={task.id === tabStop}
              shown={shown}
            />
          )}
        </Virtualizer>
        {over && tasks.length > 0 && (
          <span aria-hidden className="mx-2 block h-0.5 rounded-full bg-accent" />
        )}
        {adding === 'bottom' ? (
          <QuickAdd project={project} state={state.id} onClose={() => setAdding(null)} />
        ) : (
          isTurn && <AddButton onClick={() => setAdding('bottom')} />
        )}
      </div>
    </section>
  )
})

interface HeadProps {
  state: State
  shown: number
  total: number
  onAdd: () => void
  onHide: (state: string) => void
}

const Head = memo(function Head({ state, shown, total, onAdd, onHide }: HeadProps) {
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 pr-1 pl-3">
      <StateIcon category={state.category} />
      <h2 className="min-w-0 truncate font-medium text-sm">{state.name}</h2>
      <span className="text-xs text-faint">{shown === total ? total : `${shown}/${total}`}</span>
      <span className="flex-1" />
      <Menu
        trigger={
          <IconButton label={t('work.column_menu', { state: state.name })} size="sm">
            <MoreHorizontal size={14} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<EyeOff size={14} />} onClick={() => onHide(state.id)}>
          {t('work.column_hide')}
        </MenuItem>
      </Menu>
      <IconButton label={t('work.task_new_in', { state: state.name })} size="sm" onClick={onAdd}>
        <Plus size={14} aria-hidden />
      </IconButton>
    </header>
  )
})

function AddButton({ onClick }: { onClick: () => void }) {
  return (
    <div className="px-2 pt-0.5">
      <button
        type="button"
        className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-sm text-faint
          hover:bg-hover hover:text-ink"
        onClick={onClick}
      >
        <Plus size={14} aria-hidden />
        {t('work.task_new')}
      </button>
    </div>
  )
}

/** The column's scroller: scrolls near its edges while dragging, takes drops below the cards. */
function useDropPlace(state: string, scroller: RefObject<HTMLElement | null>): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    return combine(
      autoScrollForElements({
        element,
        canScroll: ({ source }) => typeof source.data.task === 'string',
        getAllowedAxis: () => 'vertical',
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.task === 'string',
        getData: () => ({ column: state }),
        onDrag: ({ self, location }) =>
          setOver(location.current.dropTargets[0]?.element === self.element),
        onDragLeave: () => setOver(false),
        onDrop: () => setOver(false),
      }),
    )
  }, [state, scroller])
  return over
}

function useColumnHandle(
  { state, tasks, handle }: Props,
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
) {
  const shown = useRef(tasks)
  shown.current = tasks
  useEffect(() => {
    const handles = handle.current
    handles.set(state.id, {
      focus: (index) => {
        const id = shown.current[index]?.id
        if (!id) return
        list.current?.scrollToIndex(index, { align: 'nearest' })
        focusOnceThere(() => scroller.current?.querySelector(`[data-task="${id}"]`))
      },
    })
    return () => {
      handles.delete(state.id)
    }
  }, [state.id, handle, list, scroller])
}
