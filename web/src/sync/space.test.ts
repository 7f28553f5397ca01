import { describe, expect, it } from 'vitest'
import type { Entry, Event, Space } from '../protocol'
import { isNear, NO_SPACES, type Spaces, seesPublic, spacesAfter } from './space'

const space = (id: string, kind: Space['kind'], name = id) => ({ id, kind, name }) as Space
const told = (spaces: Spaces, event: unknown, isGuest = false) =>
  spacesAfter(spaces, { event: event as Event } as Entry, isGuest)

const gained = (of: Space) => ({ type: 'space_gained', space: of })

describe('spaces', () => {
  it('are known when made, renamed, and gained', () => {
    const made = told(NO_SPACES, { type: 'space_created', space: space('o', 'open') })
    expect([...made.all.keys()]).toEqual(['o'])
    expect(made.own.size).toBe(0)
    const named = told(made, { type: 'space_changed', space: space('o', 'open', 'New') })
    expect(named.all.get('o')?.name).toBe('New')
    const mine = told(named, gained(space('c', 'closed')))
    expect([...mine.all.keys()]).toEqual(['o', 'c'])
    expect([...mine.own]).toEqual(['c'])
    expect(told(mine, { type: 'workspace_renamed', name: 'x' })).toBe(mine)
  })

  it('are forgotten when lost, unless they are seen all the same', () => {
    const both = told(told(NO_SPACES, gained(space('o', 'open'))), gained(space('c', 'closed')))
    const left = (id: string, isGuest: boolean) =>
      [...told(both, { type: 'space_lost', space: id }, isGuest).all.keys()].join()
    expect(left('o', false)).toBe('o,c')
    expect(left('o', true)).toBe('c')
    expect(left('c', false)).toBe('o')
  })

  it('decide who sees what is public in them', () => {
    const mine: Spaces = { all: new Map(), own: new Set(['c']) }
    const closed = { space: 'c', in_closed_space: true }
    expect(isNear(mine, closed)).toBe(true)
    expect(isNear(NO_SPACES, closed)).toBe(false)
    expect(isNear(mine, { space: 'c' })).toBe(false)
    expect(seesPublic(NO_SPACES, closed, false)).toBe(false)
    expect(seesPublic(mine, closed, true)).toBe(true)
    expect(seesPublic(NO_SPACES, { space: 'o' }, false)).toBe(true)
    expect(seesPublic(NO_SPACES, {}, true)).toBe(false)
  })
})
