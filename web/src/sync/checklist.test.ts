import { describe, expect, it } from 'vitest'
import type { ChecklistItem } from '../protocol'
import { withChangedItem, withItem, withNewItems } from './checklist'

const item = (id: string, rank: string): ChecklistItem => ({ id, text: id, rank })
const items = [item('a', 'V'), item('b', 'VV'), item('c', 'Vd')]
const ids = (list: readonly ChecklistItem[]) => list.map(({ id }) => id).join('')
const change = { type: 'update_checklist_item', task: 't' } as const

describe('a checklist', () => {
  it('is kept in order as items come, change and go', () => {
    expect(ids(withItem(items, 'd', item('d', 'N')))).toBe('dabc')
    expect(ids(withItem(items, 'a', item('a', 'X')))).toBe('bca')
    expect(ids(withItem(items, 'b', null))).toBe('ac')
  })

  it('shows new items at its end, once', () => {
    const wanted = [
      { id: 'a', text: 'a' },
      { id: 'd', text: ' d ' },
    ]
    const shown = withNewItems(items, wanted)
    expect(ids(shown)).toBe('abcd')
    expect(shown[3]?.text).toBe('d')
  })

  it('shows a pending change, and the same a second time', () => {
    const top = withChangedItem(items, { ...change, item: 'c', after: null })
    expect(ids(top)).toBe('cab')
    expect(withChangedItem(top, { ...change, item: 'c', after: null })).toEqual(top)
    expect(ids(withChangedItem(items, { ...change, item: 'a', after: 'b' }))).toBe('bac')
    const done = withChangedItem(items, { ...change, item: 'a', done: true, due: null })
    expect(done[0]).toMatchObject({ text: 'a', done: true, due: null })
    expect(withChangedItem(items, { ...change, item: 'none', done: true })).toBe(items)
  })
})
