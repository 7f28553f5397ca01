import { describe, expect, it } from 'vitest'
import type { Group, Member } from '../../../protocol'
import { largeMention } from './large'

const tech = { id: 'tech', kind: 'free', name: '技术部', handle: 'tech', managers: ['li'] } as Group
const reach = new Map([['tech', new Set(['a', 'b', 'c'])]])
const around = (id: string, role = 'member', present?: string[]) => ({
  groups: [tech],
  reach,
  present,
  me: { id, role } as Member,
  everyone: true,
})
const everyone = { asked: 3, told: 5 }
const bounds = { anybody: 2, managers: 3, everyone }

describe('a text that names a large group', () => {
  it('is told apart by how many are here and who writes', () => {
    const large = (text: string, of = around('wang')) => largeMention(text, of, bounds)
    expect(large('请@技术部看')).toMatchObject({ count: 3, allowed: false })
    expect(large('@tech', around('li'))).toMatchObject({ allowed: true })
    expect(large('@tech', around('boss', 'admin'))).toMatchObject({ allowed: true })
    expect(large('@tech', around('wang', 'member', ['a', 'b', 'x']))).toBeUndefined()
    expect(large('tech')).toBeUndefined()
    expect(
      largeMention('@tech', around('li'), { ...bounds, anybody: 1, managers: 2 })?.allowed,
    ).toBe(false)
  })

  it('names everybody of a large channel, and says when nobody would be told', () => {
    const present = (count: number) => ['li', 'a', 'b', 'c', 'd', 'e'].slice(0, count)
    const large = (text: string, count: number) =>
      largeMention(text, around('li', 'member', present(count)), bounds)
    expect(large('@channel 开会', 3)).toBeUndefined()
    expect(large('@channel 开会', 4)).toMatchObject({ kind: 'everyone', count: 3, allowed: true })
    expect(large('@所有人 开会', 5)).toMatchObject({ kind: 'everyone', count: 4, allowed: true })
    expect(large('@channel 开会', 6)).toMatchObject({ count: 5, allowed: false })
    // Whoever is in a group is in the channel.
    expect(large('@tech @channel', 5)).toMatchObject({ kind: 'everyone' })
    const quiet = { ...around('li', 'member', present(6)), everyone: false }
    expect(largeMention('@channel', quiet, bounds)).toBeUndefined()
    expect(largeMention('@channel', around('li'), bounds)).toBeUndefined()
  })
})
