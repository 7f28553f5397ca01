import { describe, expect, it } from 'vitest'
import type { State, Task } from '../../../protocol'
import { columnsOf, filterTasks, labelsOf, NO_FILTER, NOBODY, sortTasks } from './filter'

let number = 0
function task(fields: Partial<Task>): Task {
  number += 1
  return {
    id: `id-${number}`,
    project: 'p',
    key: `ENG-${number}`,
    number,
    title: `Task ${number}`,
    state: 'todo',
    priority: 'none',
    rank: String(number).padStart(4, '0'),
    created_by: 'm1',
    created_at: '2026-11-20T00:00:00Z',
    updated_at: '2026-11-20T00:00:00Z',
    message_count: 0,
    seq: number,
    ...fields,
  } as Task
}

const STATES: State[] = [
  { id: 'todo', name: 'To do', category: 'todo' },
  { id: 'doing', name: 'In progress', category: 'doing' },
]

describe('filterTasks', () => {
  const tasks = [
    task({ title: '首页改版 Launch page', assignees: ['li'], labels: ['web'], priority: 'high' }),
    task({ title: 'Fix login', assignees: ['wang', 'li'], labels: ['bug'] }),
    task({ title: 'Write notes' }),
  ]
  const titles = (filter: Partial<typeof NO_FILTER>) =>
    filterTasks(tasks, { ...NO_FILTER, ...filter }).map((one) => one.title)

  it('passes everything, and the same array, without a filter', () => {
    expect(filterTasks(tasks, NO_FILTER)).toBe(tasks)
  })

  it('needs every word, in title, key or labels, in any case and width', () => {
    expect(titles({ text: 'LAUNCH 首页' })).toHaveLength(1)
    expect(titles({ text: 'bug' })).toEqual(['Fix login'])
    expect(titles({ text: tasks[2]?.key.toLowerCase() })).toEqual(['Write notes'])
    expect(titles({ text: 'launch bug' })).toEqual([])
  })

  it('joins the parts with and, the values of a part with or', () => {
    expect(titles({ assignees: ['li'] })).toHaveLength(2)
    expect(titles({ assignees: ['wang', NOBODY] })).toEqual(['Fix login', 'Write notes'])
    expect(titles({ assignees: ['li'], priorities: ['high'] })).toHaveLength(1)
    expect(titles({ labels: ['bug', 'web'] })).toHaveLength(2)
  })
})

describe('columnsOf', () => {
  it('orders by rank, leaves out deleted tasks, keeps a stray state visible', () => {
    const a = task({ rank: 'b' })
    const b = task({ rank: 'a' })
    const columns = columnsOf(STATES, [
      a,
      b,
      task({ deleted: true }),
      task({ state: 'doing', rank: 'c' }),
      task({ state: 'gone', rank: 'z' }),
    ])
    expect(columns.map((column) => column.tasks.length)).toEqual([3, 1])
    expect(columns[0]?.tasks.slice(0, 2)).toEqual([b, a])
  })
})

describe('sortTasks', () => {
  it('puts the most urgent first and no due date last', () => {
    const tasks = [
      task({ priority: 'low' }),
      task({ priority: 'urgent', due: '2026-12-01' }),
      task({ due: '2026-11-25T07:00:00Z' }),
    ]
    expect(sortTasks(tasks, 'priority', 'en').map((one) => one.priority)).toEqual([
      'urgent',
      'low',
      'none',
    ])
    expect(sortTasks(tasks, 'due', 'en').map((one) => one.due)).toEqual([
      '2026-11-25T07:00:00Z',
      '2026-12-01',
      undefined,
    ])
  })
})

describe('labelsOf', () => {
  it('lists the most used first', () => {
    expect(labelsOf([task({ labels: ['a', 'b'] }), task({ labels: ['b'] })])).toEqual(['b', 'a'])
  })
})
