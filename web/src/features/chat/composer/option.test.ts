import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel, Group, Member } from '../../../protocol'
import { loadPinyin } from '../../palette/pinyin'
import {
  commandOptions,
  hashOptions,
  memberOptions,
  mentionOf,
  type People,
  taskOptions,
} from './option'

const person = (id: string, name: string, handle: string, active = true) =>
  ({ id, name, handle, active, kind: 'person', role: 'member' }) as Member

const members = [
  person('zs', '张三', 'san'),
  person('zsf', '张三丰', 'sanfeng'),
  person('lm', '李明', 'ming'),
  person('wei', 'Wei Zhang', 'wei'),
  person('zoe', 'Zoe', 'zoe'),
  person('gone', '张走', 'gone', false),
]
const people = (more: Partial<People> = {}): People => ({
  members,
  groups: [],
  reach: new Map(),
  present: undefined,
  recent: [],
  me: 'lm',
  everyone: true,
  ...more,
})
const ids = (query: string, more: Partial<People> = {}) =>
  memberOptions(query, people(more)).map((option) => option.id)

beforeAll(() => loadPinyin())

const design = { id: 'g', kind: 'free', name: '设计组', handle: 'design' } as Group

describe('groups', () => {
  const reach = new Map([['g', new Set(['zs', 'lm'])]])

  it('are found as people are, once something is typed', () => {
    for (const query of ['设', 'design', 'sjz', 'sheji']) {
      expect(ids(query, { groups: [design] })).toContain('g')
    }
    expect(ids('', { groups: [design] })).not.toContain('g')
    const [option] = memberOptions('design', people({ groups: [design], reach }))
    expect(option).toMatchObject({ kind: 'group', put: '@设计组', count: 2 })
  })

  it('are written by their handle where a person has the name', () => {
    expect(mentionOf({ ...design, name: 'Zoe' }, [...members, design])).toBe('@design')
  })
})

describe('people', () => {
  it('are found by characters, pinyin, initials, handle and parts of a name', () => {
    expect(ids('张')).toEqual(['zs', 'zsf'])
    expect(ids('zhangsan')[0]).toBe('zs')
    expect(ids('zs')).toEqual(['zs', 'zsf'])
    expect(ids('ming')[0]).toBe('lm')
    expect(ids('lim')[0]).toBe('lm')
    expect(ids('zhang')).toContain('wei')
    expect(ids('nobody')).toEqual([])
  })

  it('in the conversation come first, then who spoke last, oneself last', () => {
    expect(ids('z', { present: ['zoe', 'lm'] })[0]).toBe('zoe')
    expect(ids('', { recent: ['zoe', 'wei'] }).slice(0, 2)).toEqual(['zoe', 'wei'])
    const all = ids('', { everyone: false })
    expect(all[all.length - 1]).toBe('lm')
  })

  it('who left are not offered', () => {
    expect(ids('张走')).toEqual([])
  })

  it('everyone is offered where that means something', () => {
    expect(ids('chan')[0]).toBe('everyone')
    expect(ids('所有')[0]).toBe('everyone')
    expect(ids('')).toContain('everyone')
    expect(ids('chan', { everyone: false })).toEqual([])
  })

  it('are named so that the name means them alone', () => {
    expect(mentionOf(members[0] as Member, members)).toBe('@张三')
    const twins = [...members, person('zs2', '张三', 'zhang3')]
    expect(mentionOf(members[0] as Member, twins)).toBe('@san')
    expect(mentionOf(person('ch', 'channel', 'ch1'), members)).toBe('@ch1')
  })
})

describe('tasks', () => {
  const tasks = [
    { id: '1', key: 'ENG-4', number: 4, title: '登录页报错', category: 'done' as const },
    { id: '2', key: 'ENG-41', number: 41, title: 'Invoice export', category: 'doing' as const },
    { id: '3', key: 'ENG-42', number: 42, title: 'Sign-in limits', category: 'todo' as const },
  ]
  const keys = (query: string) => taskOptions(query, tasks).map((option) => option.put)

  it('are found by the beginning of the key, the exact one first', () => {
    expect(keys('ENG-')).toEqual(['ENG-42', 'ENG-41', 'ENG-4'])
    expect(keys('eng-4')).toEqual(['ENG-4', 'ENG-42', 'ENG-41'])
    expect(keys('LAUNCH-')).toEqual([])
  })

  it('are found by words, also by pinyin', () => {
    expect(keys('export')).toEqual(['ENG-41'])
    expect(keys('denglu')).toEqual(['ENG-4'])
    expect(keys('42')[0]).toBe('ENG-42')
  })
})

describe('channels', () => {
  const channel = (name: string, kind = 'public', archived = false) =>
    ({ id: name, name, kind, archived }) as Channel
  const channels = [
    channel('设计评审', 'private'),
    channel('launch'),
    channel('old launch', 'public', true),
    channel('', 'direct'),
  ]
  const tasks = [
    { id: '1', key: 'ENG-4', number: 4, title: 'Relaunch the page' },
    { id: '2', key: 'ENG-5', number: 5, title: '设计首页' },
  ]
  const puts = (query: string) => hashOptions(query, tasks, channels).map(({ put }) => put)

  it('are found by name, pinyin and initials, beside tasks', () => {
    expect(puts('launch')).toEqual(['#launch', 'ENG-4'])
    expect(puts('sjps')).toEqual(['#设计评审'])
    expect(puts('sheji')).toEqual(expect.arrayContaining(['#设计评审', 'ENG-5']))
    expect(puts('')).toEqual(['ENG-5', 'ENG-4', '#设计评审', '#launch'])
    expect(puts('4')).toEqual(['ENG-4'])
  })
})

describe('commands', () => {
  const found = (query: string, chinese = false) =>
    commandOptions(query, ['task', 'topic', 'mute', 'leave'], chinese).map(({ put }) => put)

  it('are found in both languages and by pinyin, and written in the one of the reader', () => {
    expect(found('')).toEqual(['/task', '/topic', '/mute', '/leave'])
    expect(found('to')[0]).toBe('/topic')
    expect(found('任', true)[0]).toBe('/任务')
    expect(found('rw', true)[0]).toBe('/任务')
    expect(found('xyz')).toEqual([])
  })
})
