import { describe, expect, it } from 'vitest'
import type { Group, Member } from '../protocol'
import { childrenOf, pathOf, reachOf, withBelow } from './reach'

const member = (id: string, changes: Partial<Member> = {}) =>
  ({ id, active: true, role: 'member', kind: 'person', ...changes }) as Member

const group = (id: string, changes: Partial<Group> = {}) =>
  ({ id, kind: 'department', name: id, handle: id, ...changes }) as Group

const people = [
  member('li'),
  member('wang'),
  member('guest', { role: 'guest' }),
  member('bot', { kind: 'bot' }),
  member('gone', { active: false }),
]

const groups = [
  group('tech', { members: ['li', 'gone', 'guest'] }),
  group('web', { parent: 'tech', members: ['wang', 'li', 'bot'] }),
  group('old', { parent: 'tech', members: ['nobody'], archived: true }),
  group('design', { kind: 'free', members: ['wang'] }),
]

describe('who counts in a group', () => {
  it('counts those below once, and nobody who is gone, a guest or a bot', () => {
    const reach = reachOf(groups, people)
    expect([...(reach.get('tech') ?? [])].sort()).toEqual(['li', 'wang'])
    expect([...(reach.get('web') ?? [])].sort()).toEqual(['li', 'wang'])
    expect([...(reach.get('design') ?? [])]).toEqual(['wang'])
    expect(reachOf(groups, people)).toBe(reach)
  })

  it('knows the tree', () => {
    expect(
      childrenOf(groups)
        .get('')
        ?.map(({ id }) => id),
    ).toEqual(['tech'])
    expect(
      childrenOf(groups)
        .get('tech')
        ?.map(({ id }) => id),
    ).toEqual(['web', 'old'])
    expect(pathOf(groups, groups[1] as Group).map(({ id }) => id)).toEqual(['tech'])
    expect([...withBelow(groups, 'tech')].sort()).toEqual(['old', 'tech', 'web'])
  })
})
