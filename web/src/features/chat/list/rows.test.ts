import { describe, expect, it } from 'vitest'
import { setTimeZone } from '../../../i18n/zone'
import type { LocalMessage } from '../../../model/message'
import { buildRows } from './rows'

function message(seq: number, minute: number, more: Partial<LocalMessage> = {}): LocalMessage {
  const at = new Date(2026, 10, 22, 9, minute).toISOString()
  return { id: `m${seq}`, seq, at, author: 'ann', text: 'x', ...more } as LocalMessage
}

const heads = (items: LocalMessage[], after: number | null = null) =>
  buildRows(items, after, 'me').map((row) => row.head)
const firstUnread = (items: LocalMessage[], after: number | null) =>
  buildRows(items, after, 'me').find((row) => row.unread)?.message.seq

describe('groups', () => {
  it('joins one author within five minutes of the message before', () => {
    expect(heads([message(1, 0), message(2, 4), message(3, 8), message(4, 13)])).toEqual([
      true,
      false,
      false,
      true,
    ])
  })

  it('begins anew with another author, name, card or after a deleted one', () => {
    expect(heads([message(1, 0), message(2, 0, { author: 'bob' })])).toEqual([true, true])
    expect(heads([message(1, 0), message(2, 0, { alias: { name: 'CI' } })])).toEqual([true, true])
    expect(heads([message(1, 0), message(2, 0, { card: {} as never })])).toEqual([true, true])
    expect(heads([message(1, 0, { deleted: true }), message(2, 0)])).toEqual([true, true])
  })
})

describe('days', () => {
  it('begin with the first message and at midnight where the reader is', () => {
    setTimeZone('Asia/Shanghai')
    const late = message(1, 0, { at: '2026-11-22T15:59:00Z' })
    const early = message(2, 0, { at: '2026-11-22T16:01:00Z' })
    const rows = buildRows([late, early], null, 'me')
    expect(rows.map((row) => row.day)).toEqual(['2026-11-22', '2026-11-23'])
    expect(rows[1]?.head).toBe(true)
    setTimeZone('America/New_York')
    expect(buildRows([late, early], null, 'me').map((row) => row.day)).toEqual(['2026-11-22', null])
  })
})

describe('unread line', () => {
  const items = [
    message(1, 0),
    message(2, 0, { author: 'me' }),
    message(3, 0, { card: {} as never }),
    message(4, 0),
    message(5, 0),
  ]

  it('stands before the first one of somebody else after what was read', () => {
    expect(firstUnread(items, 1)).toBe(4)
    expect(firstUnread(items, 0)).toBe(1)
    expect(firstUnread(items, 4)).toBe(5)
  })

  it('is absent while it lies in an older page', () => {
    const unread = (hasOlder: boolean) =>
      buildRows(items, 0, 'me', hasOlder).find((row) => row.unread)?.message.seq
    expect(unread(true)).toBeUndefined()
    expect(unread(false)).toBe(1)
    expect(buildRows(items, 1, 'me', true).find((row) => row.unread)?.message.seq).toBe(4)
  })

  it('is absent when there is nothing new', () => {
    expect(firstUnread(items, 5)).toBeUndefined()
    expect(firstUnread(items, null)).toBeUndefined()
  })

  it('begins a group, and never at something still being sent', () => {
    expect(heads([message(1, 0), message(2, 1)], 1)).toEqual([true, true])
    const local = { state: 'sending' as const, requestId: 'r' }
    expect(firstUnread([message(9, 0, { local })], 1)).toBeUndefined()
  })
})

it('makes exactly one row a message', () => {
  const items = Array.from({ length: 300 }, (_, index) => message(index + 1, index))
  expect(buildRows(items, 50, 'me')).toHaveLength(300)
})
