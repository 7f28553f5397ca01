import { describe, expect, it } from 'vitest'
import type { TaskType } from '../../../protocol'
import { newTypeId, typesFault, withoutType } from './types'

const type = (id: string, more: Partial<TaskType> = {}): TaskType => ({
  id,
  name: id,
  icon: 'flag',
  colour: 'grey',
  ...more,
})
const types = [type('a'), type('b', { replaces: ['old'] }), type('c')]
const ids = (list: readonly TaskType[]) => list.map(({ id }) => id)

describe('types of a project', () => {
  it('leave their tasks, and those they had taken, to another', () => {
    const left = withoutType(types, 'b', 'c')
    expect(ids(left)).toEqual(['a', 'c'])
    expect(left[1]?.replaces).toEqual(['b', 'old'])
    expect(withoutType(types, 'b', 'b')).toBe(types)
  })

  it('get an id that was never used', () => {
    const used = [type('type_1'), type('b', { replaces: ['type_2'] })]
    expect(newTypeId(used)).toBe('type_3')
  })

  it('have names, each its own', () => {
    const nameOf = ({ name = '' }: TaskType) => name
    expect(typesFault(types, nameOf)).toBeNull()
    expect(typesFault([type('a', { name: ' ' })], nameOf)).toBe('no_name')
    expect(typesFault([type('a'), type('b', { name: 'A' })], nameOf)).toBe('same_name')
  })
})
