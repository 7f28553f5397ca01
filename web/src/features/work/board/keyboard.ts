// The board by keyboard: arrows walk, space lifts and drops, Escape puts back, Alt with an arrow
// moves at once. Every step is said aloud by a live region.

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { t } from '../../../i18n'
import { type LocalTask, moveTask } from '../../../model/task'
import { FIELD_KEYS, type OpenField } from '../field/FieldPopup'
import type { Column as Cards } from '../logic/filter'
import { type Direction, moveTo, type Place, placeOf, stepPlace, withPlace } from '../logic/move'
import type { ColumnHandle } from './Column'

type Columns = Cards<LocalTask>[]
type Handles = RefObject<Map<string, ColumnHandle>>

/** What other keys on a card do. */
interface Ways {
  open: (task: LocalTask) => void
  menu: (task: LocalTask, anchor: HTMLElement) => void
  field: OpenField
}

interface Held {
  task: string
  place: Place
}

/** What the two sets of keys work on. */
interface Board {
  columns: Columns
  handles: Handles
  ways: Ways
  held: Held | null
  setHeld: (held: Held | null) => void
  say: (step: Step, task: LocalTask, place: Place) => void
  /** The card that takes the focus once it lies where it goes. */
  wanted: RefObject<string | null>
}

type Step = 'lifted' | 'moved' | 'dropped' | 'put_back'

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'top',
  End: 'bottom',
}

/** The columns as they are shown while a card is held, and what the board's element needs. */
export function useKeyboard(columns: Columns, handles: Handles, ways: Ways) {
  const [held, setHeld] = useState<Held | null>(null)
  const [said, setSaid] = useState('')
  const wanted = useRef<string | null>(null)
  const shown = held ? withPlace(columns, held.task, held.place) : columns
  useEffect(() => {
    if (wanted.current) focusCard(shown, handles, wanted.current)
    wanted.current = null
  }, [shown, handles])
  const say = (step: Step, task: LocalTask, place: Place) =>
    setSaid(sentence(columns, step, task, place))
  const board: Board = { columns, handles, ways, held, setHeld, say, wanted }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const card = event.target as HTMLElement
    const id = card.dataset?.task
    const task = id && columns.flatMap((column) => column.tasks).find((one) => one.id === id)
    if (!task || event.nativeEvent.isComposing) return
    const taken = held ? onHeldKey(board, held, event, task) : onFreeKey(board, event, task, card)
    if (!taken) return
    event.preventDefault()
    event.stopPropagation()
  }
  /** A held card that loses the focus to something else is put back. */
  const onBlur = (next: EventTarget | null) => {
    const isCard = next instanceof HTMLElement && next.dataset.task
    if (held && !wanted.current && !isCard) setHeld(null)
  }
  return { shown, held: held?.task ?? null, said, onKeyDown, onBlur }
}

/** Keys while the card is held; true if the key was one of them. */
function onHeldKey(board: Board, held: Held, event: KeyboardEvent, task: LocalTask): boolean {
  const { columns, wanted, setHeld, say } = board
  const direction = ARROWS[event.key]
  if (direction) {
    const place = stepPlace(columns, task.id, held.place, direction)
    setHeld({ task: task.id, place })
    say('moved', task, place)
  } else if (event.key === ' ' || event.key === 'Enter') {
    const move = moveTo(columns, task.id, held.place)
    if (move) moveTask(task.id, move)
    say('dropped', task, held.place)
    setHeld(null)
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    const place = placeOf(columns, task.id)
    if (place) say('put_back', task, place)
    setHeld(null)
  } else return false
  wanted.current = task.id
  return true
}

/** Keys on a card that is not held; true if the key was one of them. */
function onFreeKey(
  board: Board,
  event: KeyboardEvent,
  task: LocalTask,
  card: HTMLElement,
): boolean {
  const { columns, handles, ways } = board
  const place = placeOf(columns, task.id)
  const direction = ARROWS[event.key]
  const field = FIELD_KEYS[event.key]
  if (!place) return false
  if (direction && event.altKey) {
    moveAtOnce(board, task, place, direction)
  } else if (direction) {
    const next = neighbour(columns, place, direction)
    if (next) focusCard(columns, handles, next.id)
  } else if (event.key === ' ') {
    board.setHeld({ task: task.id, place })
    board.say('lifted', task, place)
  } else if (event.key === 'Enter') {
    ways.open(task)
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    ways.menu(task, card)
  } else if (field && !event.metaKey && !event.ctrlKey && !event.altKey) {
    ways.field(task, field, card)
  } else return false
  return true
}

function moveAtOnce(board: Board, task: LocalTask, place: Place, direction: Direction) {
  const next = stepPlace(board.columns, task.id, place, direction)
  const move = moveTo(board.columns, task.id, next)
  if (!move) return
  board.wanted.current = task.id
  moveTask(task.id, move)
  board.say('moved', task, next)
}

function focusCard(columns: Columns, handles: Handles, task: string) {
  const place = placeOf(columns, task)
  const state = place && columns[place.column]?.state.id
  if (place && state) handles.current.get(state)?.focus(place.index)
}

function sentence(columns: Columns, step: Step, task: LocalTask, place: Place): string {
  const column = columns[place.column]
  const others = column?.tasks.filter((one) => one.id !== task.id).length ?? 0
  return t(`work.say_${step}`, {
    key: task.key,
    state: column?.state.name ?? '',
    position: place.index + 1,
    total: others + 1,
  })
}

/** The card that an arrow key leads to; sideways the nearest column that has cards. */
function neighbour(columns: Columns, place: Place, direction: Direction): LocalTask | undefined {
  const tasks = columns[place.column]?.tasks ?? []
  if (direction === 'up') return tasks[place.index - 1]
  if (direction === 'down') return tasks[place.index + 1]
  if (direction === 'top') return tasks[0]
  if (direction === 'bottom') return tasks[tasks.length - 1]
  const step = direction === 'left' ? -1 : 1
  for (let at = place.column + step; columns[at]; at += step) {
    const beside = columns[at]?.tasks ?? []
    if (beside.length > 0) return beside[Math.min(place.index, beside.length - 1)]
  }
  return undefined
}
