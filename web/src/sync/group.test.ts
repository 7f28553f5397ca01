import { describe, expect, it } from 'vitest'
import type { Entry, Group } from '../protocol'
import { groupsAfter, withMembers } from './group'

const group = {
  id: 'g',
  kind: 'free',
  name: '设计组',
  handle: 'design',
  created_by: 'a',
  created_at: '2026-11-29T00:00:00Z',
  members: ['a'],
} satisfies Group

const entry = (event: Entry['event']) => ({ event }) as Entry

describe('what entries do to groups', () => {
  const one = groupsAfter(new Map(), entry({ type: 'group_created', group }))

  it('keeps the members when the rest changes', () => {
    const { members: _, ...bare } = group
    const renamed = { ...bare, name: '设计部' }
    const after = groupsAfter(one, entry({ type: 'group_changed', group: renamed }))
    expect(after.get('g')).toEqual({ ...group, name: '设计部' })
  })

  it('puts members in and takes them out', () => {
    const event = { type: 'group_members_changed' as const, group: 'g' }
    const change = entry({ ...event, added: ['b'], removed: ['a'] })
    expect(groupsAfter(one, change).get('g')?.members).toEqual(['b'])
    expect(withMembers(group, [], ['a'])).not.toHaveProperty('members')
  })

  it('forgets one that is deleted, and is the same for what does not concern it', () => {
    expect(groupsAfter(one, entry({ type: 'group_deleted', group: 'g' })).size).toBe(0)
    expect(groupsAfter(one, entry({ type: 'workspace_renamed', name: 'x' }))).toBe(one)
  })
})
