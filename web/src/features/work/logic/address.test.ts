import { describe, expect, it } from 'vitest'
import { addressOf, filterOf } from './address'
import { type Filter, NO_FILTER, NOBODY } from './filter'

const names = {
  people: [
    { id: 'm1', handle: 'zhangsan' },
    { id: 'm2', handle: 'and' },
  ],
  states: [
    { id: 's1', name: 'In progress' },
    { id: 's2', name: '待办' },
  ],
}

const filters: [Partial<Filter>, string][] = [
  [{}, ''],
  [{ text: '登录 page' }, '登录 page'],
  [{ text: 'label = bug OR due < now()' }, 'label = bug OR due < now()'],
  [{ assignees: ['m1', NOBODY] }, 'assignee IN (zhangsan, EMPTY)'],
  [{ assignees: ['m2'] }, 'assignee IN ("and")'],
  [{ states: ['s1', 's2'] }, 'state IN ("In progress", 待办)'],
  [
    { priorities: ['urgent', 'none'], labels: ['bug', 'say "hi"', 'empty'] },
    'priority IN (urgent, none) AND label IN (bug, "say \\"hi\\"", "empty")',
  ],
  [{ labels: ['bug'], text: '登录 “page”' }, 'label IN (bug) AND text ~ "登录 “page”"'],
  [{ labels: ['bug'], text: 'login' }, 'label IN (bug) AND text ~ login'],
  [
    { labels: ['bug'], text: '(due < now()) OR (parent IS EMPTY)' },
    'label IN (bug) AND ((due < now()) OR (parent IS EMPTY))',
  ],
  [
    { labels: ['bug'], text: 'text ~ login ORDER BY due DESC' },
    'label IN (bug) AND (text ~ login) ORDER BY due DESC',
  ],
  [{ labels: ['bug'], text: 'ORDER BY due' }, 'label IN (bug) ORDER BY due'],
]

describe('a filter', () => {
  it.each(filters)('%j is a query, and comes back from it', (part, query) => {
    const filter = { ...NO_FILTER, ...part }
    expect(addressOf(filter, names)).toBe(query)
    expect(filterOf(query, names)).toEqual(filter)
  })

  it('leaves to the field what pickers cannot show', () => {
    const queries = [
      'label IN (bug) OR due < now()',
      'label IN (bug) AND due < now() OR due IS EMPTY',
      'label IN (bug) AND (due < now()) OR (due IS EMPTY)',
      'assignee IN (nobody-here) AND label IN (bug)',
      'assignee IN (currentUser())',
      'label IN (bug, EMPTY)',
      'label IN ("\\u4e2d")',
      'label IN (bug) AND label IN (web)',
      'label IN (bug',
      'label IN (bug) AND',
      'label NOT IN (bug)',
      'NOT label IN (bug)',
    ]
    for (const text of queries) expect(filterOf(text, names), text).toEqual({ ...NO_FILTER, text })
  })

  it('takes the pickers of a query that somebody wrote', () => {
    expect(filterOf('LABEL in ( bug ,web ) and （due < now()）', names)).toEqual({
      ...NO_FILTER,
      labels: ['bug', 'web'],
      text: 'due < now()',
    })
  })
})
