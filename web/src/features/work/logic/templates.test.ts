import { expect, it } from 'vitest'
import type { Member, Project, Task, TaskTemplate } from '../../../protocol'
import {
  BLANK,
  beginningOf,
  isMissing,
  missingOf,
  nameFault,
  presence,
  refilled,
  templateOf,
  trimmed,
  typedDays,
  typedPoints,
  withoutMissing,
} from './templates'

const BUG: TaskTemplate = {
  id: 'bug',
  name: '缺陷报告',
  title: '缺陷：',
  description: '## 复现',
  type: 'bug',
  priority: 'high',
  labels: ['线上'],
  assignees: ['li', 'gone'],
  due_days: 3,
  fields: { customer: 'ACME', tester: 'gone', severity: 'old', platform: ['ios', 'tv'], note: 'x' },
}

const option = (id: string, archived = false) => ({
  id,
  name: id,
  colour: 'red' as const,
  archived,
})

const PROJECT = {
  id: 'p',
  visibility: 'public',
  fields: [
    { id: 'customer', name: '客户', kind: 'text', archived: true },
    { id: 'tester', name: '测试人', kind: 'person' },
    { id: 'severity', name: '严重程度', kind: 'select', options: [option('old', true)] },
    { id: 'platform', name: '平台', kind: 'multi_select', options: [option('ios')] },
    { id: 'note', name: '备注', kind: 'text' },
  ],
} as unknown as Project

const isThere = (id: string) => id !== 'gone'

it('begins a form with what a template has, its dates counted from today', () => {
  expect(beginningOf(BUG, '2026-12-30', isThere)).toEqual({
    title: '缺陷：',
    description: '## 复现',
    type: 'bug',
    assignees: ['li'],
    priority: 'high',
    labels: ['线上'],
    start: null,
    due: '2027-01-02',
  })
  expect(beginningOf(undefined, '2026-12-30', isThere)).toEqual(BLANK)
})

it('fills what nobody has touched, and empties it again', () => {
  const bug = beginningOf(BUG, '2026-12-30', isThere)
  const typed = { ...BLANK, title: '登录失败', labels: ['mobile'] }
  const filled = refilled(typed, BLANK, bug)
  expect(filled).toEqual({ ...bug, title: '登录失败', labels: ['mobile'] })
  const changed = { ...filled, priority: 'low' as const }
  expect(refilled(changed, bug, BLANK)).toEqual({ ...typed, priority: 'low' })
})

it('tells what is gone, and takes it out', () => {
  const missing = missingOf(BUG, PROJECT, isThere)
  expect(missing.members).toEqual(['gone'])
  expect(missing.fields).toEqual(['customer'])
  expect(missing.options.map(({ field, ids }) => [field.id, ids])).toEqual([
    ['severity', ['old']],
    ['platform', ['tv']],
  ])
  const rest = withoutMissing(BUG, missing)
  expect(rest.assignees).toEqual(['li'])
  expect(rest.fields).toEqual({ platform: ['ios'], note: 'x' })
  expect(isMissing(missingOf(rest, PROJECT, isThere))).toBe(false)
})

it('knows who can be in a task of the project', () => {
  const member = (id: string, role: string, active = true) => ({ id, role, active })
  const members = [
    member('li', 'member'),
    member('gina', 'guest'),
    member('chen', 'member', false),
  ] as unknown as Member[]
  const of = (project: Partial<Project>, inside?: string[]) => {
    const there = presence({ ...PROJECT, ...project } as Project, members, inside)
    return ['li', 'gina', 'chen', 'nobody'].filter(there)
  }
  expect(of({})).toEqual(['li', 'gina'])
  expect(of({}, [])).toEqual(['li'])
  expect(of({ space: 's' }, [])).toEqual(['li', 'gina'])
  expect(of({ visibility: 'private' }, ['gina'])).toEqual(['gina'])
})

it('takes a name once, whatever its case and width', () => {
  expect(nameFault(' ', [])).toBe('no_name')
  expect(nameFault('ｂｕｇ', [{ ...BUG, name: 'Bug' }])).toBe('same_name')
  expect(nameFault('Bug', [BUG])).toBe(null)
})

it('makes a template of a task', () => {
  const task = {
    title: '长'.repeat(100),
    description: 'words',
    type: 'bug',
    priority: 'high',
    assignees: ['li'],
    labels: ['a'],
    estimate: 2,
    created_at: '2026-11-30T20:00:00Z',
    start: '2026-11-30',
    due: '2026-12-02T01:00:00Z',
    checklist: [{ id: 'i', text: 'one', done: true, rank: 'a' }],
    fields: { note: 'x' },
  } as unknown as Task
  const template = templateOf(task, 't', 'Asia/Shanghai')
  // It was made on the first of December there.
  expect([template.start_days, template.due_days]).toEqual([undefined, 1])
  expect(template.name).toBe('长'.repeat(80))
  expect(template.checklist).toEqual(['one'])
  expect(template.fields).toEqual({ note: 'x' })
})

it('sends no empty items', () => {
  expect(trimmed({ id: 'a', name: ' A ', title: ' ' }, [' x ', ' '])).toEqual({
    id: 'a',
    name: 'A',
    title: '',
    checklist: ['x'],
  })
})

it('reads days and points as they are typed', () => {
  expect(['３', ' 0 ', '', '-1', '1.5', 'x', '3651'].map(typedDays)).toEqual([
    3,
    0,
    null,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(['2.5', '.5', '', '1e308', '1000001'].map(typedPoints)).toEqual([
    2.5,
    0.5,
    null,
    undefined,
    undefined,
  ])
})
