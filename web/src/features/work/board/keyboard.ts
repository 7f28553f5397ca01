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

interface Ways {
  open: (task: LocalTask) => void
  menu: (task: LocalTask, anchor: HTMLElement) => void
  field: OpenField
}

const ARROWS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'top',
  End: 'bottom',
}

/** The columns as they are shown while a card is held, and what the board's element needs. */
export function useKeyboard(
  columns: Columns,
  handles: RefObject<Map<string, ColumnHandle>>,
  ways: Ways,
) {
  const [held, setHeld] = useState<{ task: string; place: Place } | null>(null)
  const [said, setSaid] = useState('')
  const wanted = useRef<string | null>(null)
  const shown = held ? withPlace(columns, held.task, held.place) : columns

  useEffect(() => {
    if (!wanted.current) return
    const place = placeOf(shown, wanted.current)
    const state = place && shown[place.column]?.state.id
    if (place && state) handles.current.get(state)?.focus(place.index)
    wanted.current = null
  }, [shown, handles])

  const focus = (task: string, board: Columns) => {
    const place = placeOf(board, task)
    const state = place && board[place.column]?.state.id
    if (place && state) handles.current.get(state)?.focus(place.index)
  }
  const say = (key: 'lifted' | 'moved' | 'dropped' | 'put_back', task: LocalTask, place: Place) => {
    const column = columns[place.column]
    const others = column?.tasks.filter((one) => one.id !== task.id).length ?? 0
    setSaid(
      t(`work.say_${key}`, {
        key: task.key,
        state: column?.state.name ?? '',
        position: place.index + 1,
        total: others + 1,
      }),
    )
  }

  const onHeldKey = (event: KeyboardEvent, task: LocalTask) => {
    const direction = ARROWS[event.key]
    if (!held) return
    if (direction) {
      const place = stepPlace(columns, task.id, held.place, direction)
      wanted.current = task.id
      setHeld({ task: task.id, place })
      say('moved', task, place)
    } else if (event.key === ' ' || event.key === 'Enter') {
      const move = moveTo(columns, task.id, held.place)
      wanted.current = task.id
      if (move) moveTask(task.id, move)
      say('dropped', task, held.place)
      setHeld(null)
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      const place = placeOf(columns, task.id)
      wanted.current = task.id
      if (place) say('put_back', task, place)
      setHeld(null)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const onFreeKey = (event: KeyboardEvent, task: LocalTask, card: HTMLElement) => {
    const place = placeOf(columns, task.id)
    const direction = ARROWS[event.key]
    if (!place) return
    if (direction && event.altKey) {
      const next = stepPlace(columns, task.id, place, direction)
      const move = moveTo(columns, task.id, next)
      if (move) {
        wanted.current = task.id
        moveTask(task.id, move)
        say('moved', task, next)
      }
    } else if (direction) {
      const next = neighbour(columns, place, direction)
      if (next) focus(next.id, columns)
    } else if (event.key === ' ') {
      setHeld({ task: task.id, place })
      say('lifted', task, place)
    } else if (event.key === 'Enter') {
      ways.open(task)
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      ways.menu(task, card)
    } else if (FIELD_KEYS[event.key] && !event.metaKey && !event.ctrlKey && !event.altKey) {
      ways.field(task, FIELD_KEYS[event.key] as never, card)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const card = event.target as HTMLElement
    const id = card.dataset?.task
    const task = id && columns.flatMap((column) => column.tasks).find((one) => one.id === id)
    if (!task || event.nativeEvent.isComposing) return
    if (held) onHeldKey(event, task)
    else onFreeKey(event, task, card)
  }
  /** A held card that loses the focus to something else is put back. */
  const onBlur = (next: EventTarget | null) => {
    if (held && !wanted.current && !(next instanceof HTMLElement && next.dataset.task)) {
      setHeld(null)
    }
  }
  return { shown, held: held?.task ?? null, said, onKeyDown, onBlur }
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
