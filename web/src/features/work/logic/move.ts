/**
 * Where a card may go on a board, for keys, pointer and menu alike: a place is a column and an
 * index among that column's other cards. Pure.
 */
import type { Task } from '../../../protocol'
import type { Column } from './filter'

export interface Place {
  column: number
  /** Index among the cards of the column without the moving one. */
  index: number
}

export type Direction = 'up' | 'down' | 'left' | 'right' | 'top' | 'bottom'

/** What the command `move_task` needs beside the task. */
export interface Move {
  state: string
  after?: string
  before?: string
}

/** Where the card lies now; null if it is not on the board. */
export function placeOf(columns: readonly Column[], task: string): Place | null {
  for (const [column, { tasks }] of columns.entries()) {
    const index = tasks.findIndex((one) => one.id === task)
    if (index >= 0) return { column, index }
  }
  return null
}

/** One step of the arrow keys; stays inside the board. */
export function stepPlace(
  columns: readonly Column[],
  task: string,
  place: Place,
  direction: Direction,
): Place {
  const clamp = (column: number, index: number): Place => ({
    column,
    index: Math.max(0, Math.min(index, othersOf(columns, column, task).length)),
  })
  switch (direction) {
    case 'up':
      return clamp(place.column, place.index - 1)
    case 'down':
      return clamp(place.column, place.index + 1)
    case 'top':
      return clamp(place.column, 0)
    case 'bottom':
      return clamp(place.column, Number.POSITIVE_INFINITY)
    case 'left':
    case 'right': {
      const column = place.column + (direction === 'left' ? -1 : 1)
      return columns[column] ? clamp(column, place.index) : place
    }
  }
}

/** The move that brings the card there; null if it lies there already. */
export function moveTo(columns: readonly Column[], task: string, place: Place): Move | null {
  const now = placeOf(columns, task)
  const column = columns[place.column]
  if (!column || (now?.column === place.column && now.index === place.index)) return null
  const others = othersOf(columns, place.column, task)
  const above = others[place.index - 1]
  const below = others[place.index]
  // One neighbour says it all, and stays true when somebody moves the other meanwhile.
  if (above) return { state: column.state.id, after: above.id }
  return below ? { state: column.state.id, before: below.id } : { state: column.state.id }
}

function othersOf(columns: readonly Column[], column: number, task: string): readonly Task[] {
  const tasks = columns[column]?.tasks ?? []
  return tasks.some((one) => one.id === task) ? tasks.filter((one) => one.id !== task) : tasks
}

/** The board as it looks while a card is held over a place. */
export function withPlace<C extends Column>(
  columns: readonly C[],
  task: string,
  place: Place,
): C[] {
  const from = placeOf(columns, task)
  const held = from && columns[from.column]?.tasks[from.index]
  if (!from || !held) return [...columns]
  return columns.map((column, at) => {
    if (at !== place.column && at !== from.column) return column
    const tasks = column.tasks.filter((one) => one.id !== task)
    if (at === place.column) tasks.splice(place.index, 0, held)
    return { ...column, tasks }
  })
}
