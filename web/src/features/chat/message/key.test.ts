import { describe, expect, it } from 'vitest'
import { rowKey } from './key'

const press = (key: string, more: object = {}) =>
  rowKey({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more })

describe('a key on a message', () => {
  it('moves, acts and selects', () => {
    expect(press('ArrowUp')).toBe('up')
    expect(press('t')).toBe('task')
    expect(press('x')).toBe('select')
    expect(press('ArrowDown', { shiftKey: true })).toBe('extend_down')
    expect(press('+', { shiftKey: true })).toBe('react')
  })

  it('is left to others with a modifier', () => {
    expect(press('t', { ctrlKey: true })).toBeNull()
    expect(press('ArrowUp', { metaKey: true })).toBeNull()
    expect(press('T', { shiftKey: true })).toBeNull()
    expect(press('x', { altKey: true })).toBeNull()
  })
})
