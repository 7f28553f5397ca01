import { beforeAll, describe, expect, it } from 'vitest'
import type { ItemKind } from './item'
import { loadPinyin } from './pinyin'
import { findItems, parseQuery, wantsServer } from './search'

beforeAll(loadPinyin)

const item = (kind: ItemKind, id: string, ...texts: string[]) => ({
  id: `${kind}:${id}`,
  kind,
  texts: texts.length > 0 ? texts : [id],
})

const ITEMS = [
  item('task', 't1', '首页改版', 'WEB-12'),
  item('task', 't2', 'Launch the web site', 'WEB-3'),
  item('person', '张三', '张三', 'zhangsan'),
  item('channel', 'web'),
  item('project', 'Web site', 'Web site', 'WEB'),
  item('command', 'new-task', 'New task'),
  item('command', 'theme', 'Dark theme'),
]
const found = (query: string, recent: string[] = []) =>
  findItems(ITEMS, query, recent).map((one) => one.id)

describe('findItems', () => {
  it('finds people and tasks by pinyin, tasks by key', () => {
    expect(found('zs')).toEqual(['person:张三'])
    expect(found('sygb')).toEqual(['task:t1'])
    expect(found('web-12')[0]).toBe('task:t1')
  })

  it('puts places before tasks that only contain the word', () => {
    expect(found('web').slice(0, 2).sort()).toEqual(['channel:web', 'project:Web site'])
  })

  it('lifts what was chosen lately', () => {
    expect(found('e', ['task:t2'])[0]).toBe('task:t2')
    expect(found('e')[0]).not.toBe('task:t2')
  })

  it('narrows by a sign, also a full-width one', () => {
    expect(found('>theme')).toEqual(['command:theme'])
    expect(found('＠z')).toEqual(['person:张三'])
    expect(found('#web').every((id) => /^(channel|project)/.test(id))).toBe(true)
    expect(found('@')).toEqual(['person:张三'])
  })

  it('begins with what was chosen lately, then commands, each once', () => {
    expect(found('', ['command:theme', 'task:t1', 'task:gone'])).toEqual([
      'command:theme',
      'task:t1',
      'command:new-task',
    ])
  })
})

describe('asking the server', () => {
  it('is worth it from two characters on, not for other kinds', () => {
    expect(wantsServer('a')).toBe(false)
    expect(wantsServer('上线')).toBe(true)
    expect(wantsServer('>dark')).toBe(false)
    expect(parseQuery(' # web ')).toEqual({ kinds: ['channel', 'project', 'space'], text: 'web' })
  })
})
