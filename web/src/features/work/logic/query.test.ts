import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complete, FIELDS, isBegun, isQuery, operatorsOf, typingOf, written } from './query'

describe('a text', () => {
  it('is a query once a field has an operator', () => {
    const queries = [
      'assignee = li',
      '负责人=李明',
      '状态 ＝ 待办',
      'owner = li',
      'assignee is empty',
      'not (due < now())',
      'state changed',
      'label not in (a)',
      'ORDER BY due',
      // Perhaps of a custom field.
      '客户 IS NOT EMPTY',
      '客户 not in (a)',
    ]
    for (const text of queries) expect(isQuery(text), text).toBe(true)
    const words = [
      '',
      'login',
      'login page',
      '登录 页面',
      'is it done',
      'login is broken',
      'bug in production',
      'state',
      'order by',
      'ENG-42',
    ]
    for (const text of words) expect(isQuery(text), text).toBe(false)
  })
})

describe('what is typed', () => {
  const part = (text: string) => {
    const { part, field, typed, listed } = typingOf(text)
    return [part, field?.names[0], typed, listed === true]
  }

  it('is a field, an operator, a value or what joins them', () => {
    expect(part('')).toEqual(['field', undefined, '', false])
    expect(part('ass')).toEqual(['field', undefined, 'ass', false])
    expect(part('assignee ')).toEqual(['operator', 'assignee', '', false])
    expect(part('assignee = ')).toEqual(['value', 'assignee', '', false])
    expect(part('assignee = zs')).toEqual(['value', 'assignee', 'zs', false])
    expect(part('负责人 = "李')).toEqual(['value', 'assignee', '李', false])
    expect(part('label IN (')).toEqual(['value', 'label', '', true])
    expect(part('label IN (bug, ')).toEqual(['value', 'label', '', true])
    expect(part('label NOT IN (bug) ')).toEqual(['joint', 'label', '', false])
    expect(part('due < now() ')).toEqual(['joint', 'due', '', false])
    expect(part('due IS NOT EMPTY ')).toEqual(['joint', 'due', '', false])
    expect(part('due < now() AND (st')).toEqual(['field', 'due', 'st', false])
    expect(part('due < now() ORDER BY ')).toEqual(['order', 'due', '', false])
    expect(part('state CHANGED BY ')).toEqual(['value', 'state', '', false])
    expect(part('state WAS NOT ')).toEqual(['value', 'state', '', false])
  })

  it('may be about a custom field', () => {
    const custom = [{ kind: 'option' as const, names: ['Bug level'], options: ['High'] }]
    const typing = typingOf('"bug  level" = ', custom)
    expect([typing.part, typing.field?.names[0]]).toEqual(['value', 'Bug level'])
    expect(typingOf('"bug level" IN (', custom).field?.options).toEqual(['High'])
    expect(isBegun('"Bug level" ', custom)).toBe(true)
    expect(isBegun('"Bug level" ')).toBe(false)
  })

  it('is completed where it stands', () => {
    const take = (text: string, by: string) => complete(text, typingOf(text), by)
    expect(take('ass', 'assignee')).toBe('assignee ')
    expect(take('assignee=', 'li')).toBe('assignee= li ')
    expect(take('负责人 = "李', 'li')).toBe('负责人 = li ')
    expect(take('label IN (bug, d', 'docs')).toBe('label IN (bug, docs, ')
    expect(take('(st', 'state')).toBe('(state ')
  })

  it('is quoted when it must be', () => {
    expect(written('bug')).toBe('bug')
    expect(written('In progress')).toBe('"In progress"')
    expect(written('and')).toBe('"and"')
    expect(written('a"b\\')).toBe('"a\\"b\\\\"')
  })
})

describe('fields', () => {
  it('are those of the server', () => {
    const place = join(import.meta.dirname, '../../../../../crates/domain/src/query/field.rs')
    const table = /NAMES: [\s\S]*?= &\[([\s\S]*?)\n\];/.exec(readFileSync(place, 'utf8'))?.[1] ?? ''
    const theirs = [...table.matchAll(/"([^"]+)"/g)].map((match) => match[1])
    expect(FIELDS.flatMap(({ names }) => names).sort()).toEqual(theirs.sort())
  })

  it('offer what the server takes', () => {
    const named = (name: string) => FIELDS.find(({ names }) => names[0] === name)
    expect(operatorsOf(named('title'))).toEqual(['~', '!~'])
    expect(operatorsOf(named('state'))).not.toContain('IS EMPTY')
    expect(operatorsOf(named('due'))[0]).toBe('<')
  })
})
