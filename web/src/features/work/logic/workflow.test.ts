import { describe, expect, it } from 'vitest'
import type { State } from '../../../protocol'
import { newStateId, workflowFault } from './workflow'

const STATES: [State, State, State] = [
  { id: 'todo', name: 'To do', category: 'todo' },
  { id: 'doing', name: 'Doing', category: 'doing' },
  { id: 'done', name: 'Done', category: 'done' },
]

describe('newStateId', () => {
  it('is made of the name, or of none, and never taken', () => {
    expect(newStateId('In review', STATES)).toBe('in_review')
    expect(newStateId('评审中', STATES)).toBe('state')
    expect(newStateId('Done', STATES)).toBe('done_2')
    expect(newStateId('!!', STATES)).toMatch(/^[a-z0-9_]+$/)
  })
})

describe('workflowFault', () => {
  it('finds empty and equal names, and a workflow where nothing can be open', () => {
    expect(workflowFault(STATES)).toBeNull()
    expect(workflowFault([{ ...STATES[0], name: ' ' }])).toBe('no_name')
    expect(workflowFault([STATES[0], { ...STATES[1], name: 'to DO' }])).toBe('same_name')
    expect(workflowFault([STATES[2]])).toBe('no_open')
  })
})
