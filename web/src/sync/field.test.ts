import { expect, it } from 'vitest'
import { withValues } from './field'

it('sets and clears values, and forgets what says nothing', () => {
  const values = { a: 'x', b: 1, c: true, d: ['o'] }
  expect(withValues(values, { a: 'y', b: null, c: false, d: [], e: 0, f: ' ' })).toEqual({
    a: 'y',
    e: 0,
  })
  expect(withValues(undefined, { a: 'x' })).toEqual({ a: 'x' })
})
