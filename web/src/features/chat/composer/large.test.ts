import { describe, expect, it } from 'vitest'
import type { Group, Member } from '../../../protocol'
import { largeGroup } from './large'

const tech = { id: 'tech', kind: 'free', name: '技术部', handle: 'tech', managers: ['li'] } as Group
const reach = new Map([['tech', new Set(['a', 'b', 'c'])]])
const around = (id: string, role = 'member', present?: string[]) => ({
  groups: [tech],
  reach,
  present,
  me: { id, role } as Member,
})
const bounds = { anybody: 2, managers: 3 }

describe('a text that names a large group', () => {
  it('is told apart by how many are here and who writes', () => {
    const large = (text: string, of = around('wang')) => largeGroup(text, of, bounds)
    expect(large('请@技术部看')).toMatchObject({ count: 3, allowed: false })
    expect(large('@tech', around('li'))).toMatchObject({ allowed: true })
    expect(large('@tech', around('boss', 'admin'))).toMatchObject({ allowed: true })
    expect(large('@tech', around('wang', 'member', ['a', 'b', 'x']))).toBeUndefined()
    expect(large('tech')).toBeUndefined()
    expect(largeGroup('@tech', around('li'), { anybody: 1, managers: 2 })?.allowed).toBe(false)
  })
})
