import { describe, expect, it } from 'vitest'
import { readPause, readSlash } from './slash'

describe('readSlash', () => {
  it('reads a command and what follows, in both languages', () => {
    expect(readSlash('/topic  Launch week ')).toEqual({
      name: 'topic',
      typed: 'topic',
      rest: 'Launch week',
    })
    expect(readSlash('/Task')).toEqual({ name: 'task', typed: 'Task', rest: '' })
    expect(readSlash('、任务 修登录')?.name).toBe('task')
    expect(readSlash('／邀请 @张三')).toEqual({ name: 'invite', typed: '邀请', rest: '@张三' })
    expect(readSlash('/task one\ntwo')?.rest).toBe('one\ntwo')
  })

  it('knows a command that does not exist from a message', () => {
    expect(readSlash('/taks it')).toEqual({ name: undefined, typed: 'taks', rest: 'it' })
    for (const text of ['/usr/bin is gone', ' /topic x', '//', '/', 'a /topic', '1/2', '/ 2', '']) {
      expect(readSlash(text)).toBeNull()
    }
  })
})

describe('readPause', () => {
  it('reads minutes and hours', () => {
    expect(readPause('')).toBe(60)
    expect(readPause('30m')).toBe(30)
    expect(readPause('2 小时')).toBe(120)
    expect(readPause('off')).toBe(0)
    expect(readPause('关')).toBe(0)
    expect(readPause('soon')).toBeUndefined()
    expect(readPause('5')).toBeUndefined()
  })
})
