import { describe, expect, it } from 'vitest'
import type { LocalMessage } from '../../../model/message'
import { inOrder, joined, NOTHING, QUOTES_MAX, stepped, toggled } from './selection'

const said = (seq: number) => ({ id: `m${seq}`, seq, text: 'x' }) as LocalMessage
const many = (count: number) => Array.from({ length: count }, (_, at) => said(at + 1))
const ids = (selection: ReadonlyMap<string, LocalMessage>) => [...selection.keys()]

describe('the selection of messages', () => {
  it('takes a message in and lets it go', () => {
    const one = toggled(NOTHING, said(1))
    expect(ids(one)).toEqual(['m1'])
    expect(ids(toggled(one, said(1)))).toEqual([])
  })

  it('grows step by step and shrinks on the way back', () => {
    let chosen = stepped(NOTHING, said(1), said(2))
    chosen = stepped(chosen, said(2), said(3))
    expect(ids(chosen)).toEqual(['m1', 'm2', 'm3'])
    expect(ids(stepped(chosen, said(3), said(2)))).toEqual(['m1', 'm2'])
  })

  it('is given in the order in which it was said', () => {
    const chosen = joined(NOTHING, [said(3), said(1), said(2)])
    expect(inOrder(chosen).map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  it('never holds more than a task may quote', () => {
    const full = joined(NOTHING, many(QUOTES_MAX + 5))
    expect(full.size).toBe(QUOTES_MAX)
    expect(toggled(full, said(99))).toBe(full)
    expect(toggled(full, said(1)).size).toBe(QUOTES_MAX - 1)
  })
})
