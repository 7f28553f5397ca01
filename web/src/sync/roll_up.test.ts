import { describe, expect, it } from 'vitest'
import type { Category, Task } from '../protocol'
import { rollUpsOf } from './roll_up'

const task = (id: string, parent?: string, more: Partial<Task> = {}) =>
  ({ id, parent, project: 'p', state: 'todo', ...more }) as Task

const categoryOf = (_project: string, state: string) => state as Category

function sums(tasks: Task[]) {
  return Object.fromEntries(
    [...rollUpsOf(tasks, categoryOf)].map(([id, it]) => [
      id,
      `${it.done}/${it.total} ${it.done_estimate}/${it.estimate} ${it.start ?? ''}..${it.due ?? ''}`,
    ]),
  )
}

describe('rollUpsOf', () => {
  it('adds up what is below at any depth, without the cancelled', () => {
    const below = [
      task('e', 'a', { state: 'cancelled', estimate: 8, start: '2020-01-01', due: '2031-01-01' }),
      task('d', 'c', { estimate: 0.5, start: '2026-12-01' }),
      task('c', 'a', { estimate: 3, due: '2026-12-10T20:00:00Z' }),
      task('b', 'a', { state: 'done', estimate: 2, start: '2026-12-03', due: '2026-12-10' }),
    ]
    expect(sums([...below, task('a', undefined, { estimate: 100 })])).toEqual({
      a: '1/3 2/5.5 2026-12-01..2026-12-10',
      c: '0/1 0/0.5 2026-12-01..',
    })
  })

  it('counts neither what is put aside nor what lies below it', () => {
    const tasks = [task('a'), task('b', 'a'), task('c', 'b'), task('d', 'a')]
    const aside = (more: Partial<Task>) =>
      sums(tasks.map((it) => (it.id === 'b' ? { ...it, ...more } : it)))
    expect(sums(tasks)).toEqual({ a: '0/3 0/0 ..', b: '0/1 0/0 ..' })
    expect(aside({ archived: true })).toEqual({ a: '0/1 0/0 ..' })
    expect(aside({ deleted: true })).toEqual({ a: '0/1 0/0 ..' })
  })

  it('goes deep and wide, and ends in a circle', () => {
    const chain = Array.from({ length: 50 }, (_, at) => task(`t${at}`, at ? `t${at - 1}` : ''))
    const wide = Array.from({ length: 2_000 }, (_, at) => task(`w${at}`, 't49', { estimate: 0.5 }))
    const all = rollUpsOf([...wide, ...chain.reverse()], categoryOf)
    expect([all.get('t0')?.total, all.get('t0')?.estimate]).toEqual([2_049, 1_000])
    expect(sums([task('a', 'b'), task('b', 'a'), task('c', 'a')])).toEqual({})
  })

  it('keeps the objects of what did not change', () => {
    const tasks = [task('a'), task('b', 'a'), task('c'), task('d', 'c')]
    const before = rollUpsOf(tasks, categoryOf)
    tasks[1] = task('b', 'a', { state: 'done' })
    const after = rollUpsOf(tasks, categoryOf, before)
    expect(after.get('c')).toBe(before.get('c'))
    expect(after.get('a')?.done).toBe(1)
  })
})
