// The board of a project: a column for each state of its workflow. Owns dropping, the keyboard,
// pop-ups and hidden columns; draws no card itself.

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import { extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { type LocalTask, moveTask, useTasks } from '../../../model/task'
import type { Project, Task } from '../../../protocol'
import { FilterBar } from '../FilterBar'
import { DisplayMenu } from '../field/DisplayMenu'
import { useFieldPopup } from '../field/FieldPopup'
import { useShownFields } from '../field/shown'
import { type Column as Cards, columnsOf, keepColumns, labelsOf } from '../logic/filter'
import { moveTo, type Place } from '../logic/move'
import { openCard } from '../open'
import { TaskMenu } from '../TaskMenu'
import { useTaskFilter } from '../useTaskFilter'
import { ArchivedColumn } from './ArchivedColumn'
import { Column, type ColumnHandle } from './Column'
import { BoardContext } from './context'
import { Glide } from './Glide'
import { HiddenColumns, useHidden } from './Hidden'
import { useKeyboard } from './keyboard'

type Columns = Cards<LocalTask>[]

export function Board({ project }: { project: Project }) {
  const board = useColumns(project)
  const { tasks, labels, all, columns, hidden } = board
  const handles = useRef(new Map<string, ColumnHandle>())
  const [menu, setMenu] = useState<{ task: string; anchor: HTMLElement } | null>(null)
  const [focused, setFocused] = useState<string | null>(null)
  const field = useFieldPopup(() => project, labels)
  const fields = useShownFields(project, 'board')
  const openMenu = (task: Task, anchor: HTMLElement) => setMenu({ task: task.id, anchor })
  const keyboard = useKeyboard(columns, handles, {
    open: openCard,
    menu: openMenu,
    field: field.open,
  })
  const frame = useRef<HTMLDivElement>(null)
  const drag = useDrops(columns, frame)
  // biome-ignore lint/correctness/useExhaustiveDependencies: cards must not be drawn for it
  const actions = useMemo(
    () => ({ onOpen: openCard, onFocus: setFocused, onMenu: openMenu, onField: field.open }),
    [],
  )
  const total = (state: string) => all.find((one) => one.state.id === state)?.tasks.length ?? 0
  const stop = tabStop(keyboard.shown, focused)
  return (
    <div className="flex h-full min-h-0 flex-col">
      <FilterBar
        states={project.workflow.states}
        filter={board.narrowed.filter}
        answer={board.narrowed.answer}
        onChange={board.narrowed.setFilter}
        labels={labels}
      >
        <DisplayMenu choice={fields} />
      </FilterBar>
      <p id="board-keys" className="sr-only">
        {t('work.board_keys')}
      </p>
      <p aria-live="assertive" className="sr-only">
        {keyboard.said}
      </p>
      <BoardContext value={actions}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys bubble from the cards */}
        <div
          ref={frame}
          className="min-h-0 flex-1 overflow-x-auto overscroll-x-contain max-md:snap-x
            max-md:snap-mandatory max-md:scroll-px-3"
          aria-busy={board.status === 'loading'}
          onKeyDown={keyboard.onKeyDown}
          onBlur={(event) => keyboard.onBlur(event.relatedTarget)}
        >
          <Glide
            tasks={keyboard.held ? null : tasks}
            landed={drag.landed}
            className="flex h-full w-max gap-3 px-4 pb-4 max-md:px-3"
          >
            <ArchivedColumn project={project} tasks={board.narrowed.archived} />
            {keyboard.shown.map((column, at) => (
              <Column
                key={column.state.id}
                project={project.id}
                state={column.state}
                tasks={column.tasks}
                total={total(column.state.id)}
                picked={keyboard.held}
                dragged={drag.dragged}
                tabStop={column.tasks.some((task) => task.id === stop) ? stop : null}
                turn={at}
                shown={fields.shown}
                handle={handles}
                onHide={board.hide}
              />
            ))}
            <HiddenColumns
              columns={all.filter((column) => hidden.includes(column.state.id))}
              onShow={board.show}
            />
          </Glide>
        </div>
      </BoardContext>
      {field.popup}
      {menu && (
        <TaskMenu
          key={menu.task}
          {...menu}
          top={columns.find((one) => one.tasks.some(({ id }) => id === menu.task))?.tasks[0]?.id}
          onField={field.open}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  )
}

/** The tasks of the project as the board shows them. */
function useColumns(project: Project) {
  const { tasks, status } = useTasks(project.id)
  const narrowed = useTaskFilter(project)
  const { hidden, hide, show } = useHidden(project)
  const { states } = project.workflow
  const settled = useDeferredValue(tasks)
  const labels = useMemo(() => labelsOf(settled), [settled])
  const all = useMemo(() => columnsOf(states, tasks), [states, tasks])
  const passed = useMemo(
    () => (narrowed.isFiltering ? columnsOf(states, narrowed.apply(tasks)) : all),
    [states, tasks, narrowed.isFiltering, narrowed.apply, all],
  )
  const columns = useKept(
    useMemo(() => passed.filter(({ state }) => !hidden.includes(state.id)), [passed, hidden]),
  )
  return { tasks, status, narrowed, labels, all, columns, hidden, hide, show }
}

function tabStop(columns: Columns, focused: string | null): string | null {
  const here = columns.some((column) => column.tasks.some((task) => task.id === focused))
  if (here) return focused
  return columns.find((column) => column.tasks.length > 0)?.tasks[0]?.id ?? null
}

function useKept(columns: Columns): Columns {
  const before = useRef<Columns>([])
  const kept = keepColumns(before.current, columns)
  const same =
    kept.length === before.current.length && kept.every((one, at) => one === before.current[at])
  const result = same ? before.current : kept
  useEffect(() => {
    before.current = result
  })
  return result
}

/** Carries out drops; scrolls the board sideways near its edges. */
function useDrops(columns: Columns, frame: RefObject<HTMLElement | null>) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [landed, setLanded] = useState<string | null>(null)
  const latest = useRef(columns)
  useEffect(() => {
    latest.current = columns
  })
  useEffect(() => {
    if (!frame.current) return
    const isTask = ({ source }: { source: { data: Record<string, unknown> } }) =>
      typeof source.data.task === 'string'
    return combine(
      autoScrollForElements({
        element: frame.current,
        canScroll: isTask,
        getAllowedAxis: () => 'horizontal',
      }),
      monitorForElements({
        canMonitor: isTask,
        onDragStart: ({ source }) => setDragged(String(source.data.task)),
        onDrop: ({ source, location }) => {
          const task = String(source.data.task)
          setDragged(null)
          setLanded(task)
          const target = location.current.dropTargets[0]
          const place = target && placeOfDrop(latest.current, task, target.data)
          const move = place && moveTo(latest.current, task, place)
          if (move) moveTask(task, move)
        },
      }),
    )
  }, [frame])
  return { dragged, landed }
}

/** Beside which card, or at the end of which column, something was dropped. */
function placeOfDrop(
  columns: Columns,
  task: string,
  data: Record<string | symbol, unknown>,
): Place | null {
  for (const [column, { state, tasks }] of columns.entries()) {
    const others = tasks.filter((one) => one.id !== task)
    if (data.column === state.id) return { column, index: others.length }
    const beside = others.findIndex((one) => one.id === data.beside)
    if (beside >= 0)
      return { column, index: beside + (extractClosestEdge(data) === 'bottom' ? 1 : 0) }
  }
  return null
}
