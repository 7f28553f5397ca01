import { describe, expect, it } from 'vitest'
import type { Task } from '../../../protocol'
import type { Column } from './filter'
import { moveTo, type Place, placeOf, stepPlace, withPlace } from './move'

const column = (id: string, ...tasks: string[]): Column => ({
  state: { id, name: id, category: 'todo' },
  tasks: tasks.map((task, at) => ({ id: task, rank: String.fromCharCode(97 + at) }) as Task),
})
const BOARD = [column('todo', 'a', 'b', 'c'), column('doing', 'd'), column('done')]

describe('stepPlace', () => {
  it('walks up and down and stops at the ends', () => {
    let place = placeOf(BOARD, 'b')
    expect(place).toEqual({ column: 0, index: 1 })
    place = stepPlace(BOARD, 'b', place as Place, 'down')
    expect(place).toEqual({ column: 0, index: 2 })
    expect(stepPlace(BOARD, 'b', place, 'down')).toEqual(place)
    expect(stepPlace(BOARD, 'b', place, 'top')).toEqual({ column: 0, index: 0 })
  })

  it('walks to the next column, at most to its end, and not off the board', () => {
    expect(stepPlace(BOARD, 'c', { column: 0, index: 2 }, 'right')).toEqual({ column: 1, index: 1 })
    expect(stepPlace(BOARD, 'c', { column: 1, index: 1 }, 'right')).toEqual({ column: 2, index: 0 })
    expect(stepPlace(BOARD, 'c', { column: 2, index: 0 }, 'right')).toEqual({ column: 2, index: 0 })
    expect(stepPlace(BOARD, 'a', { column: 0, index: 0 }, 'left')).toEqual({ column: 0, index: 0 })
  })
})

describe('moveTo', () => {
  it('names one neighbour, none in an empty column, nothing when nothing moves', () => {
    expect(moveTo(BOARD, 'a', { column: 0, index: 0 })).toBeNull()
    expect(moveTo(BOARD, 'a', { column: 0, index: 1 })).toEqual({ state: 'todo', after: 'b' })
    expect(moveTo(BOARD, 'c', { column: 0, index: 0 })).toEqual({ state: 'todo', before: 'a' })
    expect(moveTo(BOARD, 'a', { column: 1, index: 1 })).toEqual({ state: 'doing', after: 'd' })
    expect(moveTo(BOARD, 'a', { column: 2, index: 0 })).toEqual({ state: 'done' })
  })
})

describe('withPlace', () => {
  it('shows the held card in its new place and leaves other columns alone', () => {
    const shown = withPlace(BOARD, 'b', { column: 1, index: 0 })
    expect(shown.map(({ tasks }) => tasks.map((task) => task.id))).toEqual([
      ['a', 'c'],
      ['b', 'd'],
      [],
    ])
    expect(shown[2]).toBe(BOARD[2])
    expect(withPlace(BOARD, 'a', { column: 0, index: 2 })[0]?.tasks.map((task) => task.id)).toEqual(
      ['b', 'c', 'a'],
    )
  })
})
