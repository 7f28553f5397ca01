import { describe, expect, it } from 'vitest'
import { placeAt, placeBeside, shift } from './order'

const items = ['a', 'b', 'c'].map((id) => ({ id }))
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('')

describe('an order that is changed', () => {
  it('shifts by one and stops at the ends', () => {
    expect(ids(shift(items, 'b', -1))).toBe('bac')
    expect(shift(items, 'a', -1)).toBe(items)
    expect(shift(items, 'c', 1)).toBe(items)
  })

  it('places anywhere', () => {
    expect(ids(placeAt(items, 'a', 2))).toBe('bca')
    expect(placeAt(items, 'gone', 0)).toBe(items)
    expect(placeAt(items, 'c', 3)).toBe(items)
  })

  it('places at an edge of another', () => {
    expect(ids(placeBeside(items, 'a', 'c', 'top'))).toBe('bac')
    expect(ids(placeBeside(items, 'a', 'c', 'bottom'))).toBe('bca')
    expect(ids(placeBeside(items, 'c', 'a', 'top'))).toBe('cab')
    expect(placeBeside(items, 'a', 'gone', 'top')).toBe(items)
  })
})
