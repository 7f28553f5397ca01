import { describe, expect, it } from 'vitest'
import type { Channel, Membership, Project } from '../protocol'
import type { ShownSection } from './side_bar'
import { stepOf, stepToNew, wantedCounts } from './walk'

const row = (id: string, unread = 0) => ({
  row: { channel: id },
  channel: { id } as Channel,
  membership: { channel: id, unread, mentions: 0 } as Membership,
})
const project = { row: { project: 'p' }, project: { id: 'p' } as Project }
const sections: ShownSection[] = [
  { section: { id: 's', kind: 'starred' }, rows: [row('a'), project, row('b', 2)] },
  { section: { id: 'o', kind: 'own', collapsed: true }, rows: [row('hidden', 1)] },
  { section: { id: 'c', kind: 'channels' }, rows: [row('c'), row('d')] },
]
const isNew = ({ unread }: Membership) => unread > 0

describe('a walk along the side bar', () => {
  it('goes from channel to channel past projects and what is folded, to its ends', () => {
    expect(stepOf(sections, 'a', 1)).toBe('b')
    expect(stepOf(sections, 'b', 1)).toBe('c')
    expect(stepOf(sections, 'c', -1)).toBe('b')
    expect(stepOf(sections, 'd', 1)).toBeUndefined()
    expect(stepOf(sections, 'a', -1)).toBeUndefined()
    expect(stepOf(sections, 'hidden', 1)).toBe('c')
    expect(stepOf(sections, undefined, 1)).toBe('a')
    expect(stepOf(sections, undefined, -1)).toBe('d')
  })

  it('finds what is new, folded away or not, and begins anew behind the end', () => {
    const next = (here: string | undefined, by: 1 | -1) => stepToNew(sections, here, by, isNew)
    expect(next('a', 1)).toBe('b')
    expect(next('b', 1)).toBe('hidden')
    expect(next('d', 1)).toBe('b')
    expect(next('a', -1)).toBe('hidden')
    expect(next(undefined, 1)).toBe('b')
    expect(next(undefined, -1)).toBe('hidden')
    expect(stepToNew(sections, 'a', 1, () => false)).toBeUndefined()
  })

  it('leaves out what was muted or silenced', () => {
    const two = { channel: 'a', unread: 2, mentions: 1 } as Membership
    expect(wantedCounts(two, undefined)).toEqual({ unread: 2, mentions: 1 })
    expect(wantedCounts(two, { channel: 'a', muted: true })).toEqual({ unread: 0, mentions: 1 })
    const nothing = { channel: 'a', level: 'nothing' } as const
    expect(wantedCounts(two, nothing)).toEqual({ unread: 0, mentions: 0 })
  })
})
