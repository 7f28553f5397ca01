import { describe, expect, it } from 'vitest'
import type { Entry, TaskChange } from '../../../protocol'
import { activityOf, type Names } from './history'

const NAMES: Names = {
  member: (id) => id.toUpperCase(),
  state: (id) => `<${id}>`,
  priority: (priority) => `!${priority}`,
  due: (due) => `@${due}`,
  type: (id) => `^${id}`,
  link: ({ kind, task }) => `${kind} ${task}`,
  task: (id) => `#${id}`,
  list: (words) => words.join(', '),
  field: (id) => `[${id}]`,
  value: (id, value) => `${id}=${value}`,
}

let seq = 0
function changed(actor: string, minute: number, ...changes: TaskChange[]): Entry {
  seq += 1
  return {
    seq,
    scope: 'project:p',
    scope_seq: seq,
    at: new Date(Date.UTC(2026, 10, 22, 10, minute)).toISOString(),
    actor,
    event: { type: 'task_changed', task: 't', changes },
  } as Entry
}

const told = (...entries: Entry[]) =>
  activityOf(entries, NAMES).map(({ key, values }) => [key, values])

describe('activityOf', () => {
  it('tells what was put aside and brought back', () => {
    const aside = (type: string, event = {}) =>
      ({ ...changed('li', 0), event: { type, task: 't', ...event } }) as Entry
    const entries = [aside('task_archived'), aside('task_restored'), aside('task_deleted')]
    expect(told(...entries).map(([key]) => key)).toEqual(['archived', 'restored', 'deleted'])
  })

  it('tells a state with its names and keeps silent about order', () => {
    expect(
      told(
        changed(
          'li',
          0,
          { field: 'state', from: 'todo', to: 'doing' },
          { field: 'rank', from: 'a', to: 'b' },
        ),
      ),
    ).toEqual([['state', { from: '<todo>', to: '<doing>' }]])
  })

  it('tells taking a task oneself from giving it to others', () => {
    expect(told(changed('li', 0, { field: 'assignees', from: [], to: ['li'] }))).toEqual([
      ['assignees_self_added', {}],
    ])
    expect(told(changed('li', 0, { field: 'assignees', from: ['li'], to: [] }))).toEqual([
      ['assignees_self_removed', {}],
    ])
    expect(told(changed('li', 0, { field: 'assignees', from: ['li'], to: ['wang'] }))).toEqual([
      ['assignees_changed', { added: 'WANG', removed: 'LI' }],
    ])
  })

  it('tells what was set of a custom field, each field by itself', () => {
    const set = (id: string, from: string | undefined, to: string | undefined) =>
      ({ field: 'custom_field', id, from, to }) as TaskChange
    expect(
      told(
        changed('li', 0, set('a', undefined, 'x'), set('b', 'y', undefined)),
        changed('li', 1, set('a', 'x', 'z')),
      ),
    ).toEqual([
      ['custom_removed', { from: 'b=y', field: '[b]' }],
      ['custom_added', { to: 'a=z', field: '[a]' }],
    ])
    expect(told(changed('li', 0, set('a', 'x', 'y')))).toEqual([
      ['custom_changed', { from: 'a=x', to: 'a=y', field: '[a]' }],
    ])
    const check = (from?: boolean, to?: boolean) =>
      ({ field: 'custom_field', id: 'c', from, to }) as TaskChange
    expect(told(changed('li', 0, check(undefined, true)))).toEqual([
      ['custom_checked', { field: '[c]' }],
    ])
    expect(told(changed('li', 0, check(true)))).toEqual([['custom_unchecked', { field: '[c]' }]])
  })

  it('tells setting, moving and clearing of what may be absent', () => {
    expect(told(changed('li', 0, { field: 'due', to: '2026-11-25' }))).toEqual([
      ['due_added', { to: '@2026-11-25' }],
    ])
    expect(told(changed('li', 0, { field: 'estimate', from: 0, to: 3 }))).toEqual([
      ['estimate_changed', { from: '0', to: '3' }],
    ])
    expect(told(changed('li', 0, { field: 'parent', from: 'x', to: null }))).toEqual([
      ['parent_removed', { from: '#x' }],
    ])
  })

  it('joins a burst by one member, not over members or after a pause', () => {
    const state = (from: string, to: string): TaskChange => ({ field: 'state', from, to })
    expect(told(changed('li', 0, state('a', 'b')), changed('li', 1, state('b', 'c')))).toEqual([
      ['state', { from: '<a>', to: '<c>' }],
    ])
    expect(
      told(changed('li', 0, state('a', 'b')), changed('wang', 1, state('b', 'c'))),
    ).toHaveLength(2)
    expect(told(changed('li', 0, state('a', 'b')), changed('li', 9, state('b', 'c')))).toHaveLength(
      2,
    )
  })

  it('keeps silent about what was taken back at once', () => {
    expect(
      told(
        changed('li', 0, { field: 'labels', from: ['x'], to: ['x', 'y'] }),
        changed('li', 1, { field: 'labels', from: ['x', 'y'], to: ['x'] }),
      ),
    ).toEqual([])
  })

  it('keeps both texts of a description', () => {
    const [line] = activityOf(
      [changed('li', 0, { field: 'description', from: 'a', to: 'b' })],
      NAMES,
    )
    expect(line?.texts).toEqual({ from: 'a', to: 'b' })
  })

  it('tells a task made of a message from one written anew', () => {
    const created = (source?: object) =>
      ({
        ...changed('li', 0),
        event: { type: 'task_created', task: { source } },
      }) as unknown as Entry
    expect(told(created())).toEqual([['created', {}]])
    expect(told(created({ channel: 'c', message: 'm' }))).toEqual([['made', {}]])
  })

  it('tells what happened to items of the checklist, each by itself', () => {
    const item = { id: 'i', text: 'Read', rank: 'V' }
    const add: TaskChange = { field: 'item', item: 'i', to: item }
    const done: TaskChange = { field: 'item', item: 'i', from: item, to: { ...item, done: true } }
    const other: TaskChange = { field: 'item', item: 'j', to: { ...item, id: 'j', text: 'Write' } }
    const moved: TaskChange = { field: 'item', item: 'i', from: item, to: { ...item, rank: 'X' } }
    const gone: TaskChange = { field: 'item', item: 'i', from: item }
    expect(
      told(
        changed('li', 0, add, other),
        changed('li', 10, done),
        changed('li', 20, moved),
        changed('li', 30, { ...done, to: { ...item, assignee: 'wang' } } as TaskChange),
        changed('li', 40, gone),
      ),
    ).toEqual([
      ['items_added', { number: '2' }],
      ['item_done', { item: 'Read' }],
      ['item_assigned', { item: 'Read', to: 'WANG' }],
      ['item_removed', { item: 'Read' }],
    ])
  })

  it('tells of types, days to start on, and who is responsible now', () => {
    expect(
      told(
        changed('li', 0, { field: 'type', from: 'task', to: 'bug' }),
        changed('li', 10, { field: 'start', to: '2026-12-01' }),
        changed('li', 20, { field: 'assignees', from: ['li', 'wang'], to: ['wang', 'li'] }),
        changed('li', 25, { field: 'links', from: [], to: [{ kind: 'blocks', task: 'b' }] }),
        changed('li', 30, { field: 'assignees', from: ['a', 'b', 'c'], to: ['a', 'c', 'b'] }),
      ),
    ).toEqual([
      ['type', { from: '^task', to: '^bug' }],
      ['start_added', { to: '@2026-12-01' }],
      ['responsible', { to: 'WANG' }],
      ['links_added', { added: 'blocks b', removed: '' }],
    ])
  })
})
