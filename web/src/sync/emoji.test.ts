import { expect, it } from 'vitest'
import type { Emoji, Entry } from '../protocol'
import { emojiAfter } from './emoji'

const cat: Emoji = { id: 'e1', name: 'party_cat', created_by: 'li', created_at: 't' }
const after = (all: ReadonlyMap<string, Emoji>, event: object) =>
  emojiAfter(all, { event } as unknown as Entry)

it('custom emoji follow the log', () => {
  const none: ReadonlyMap<string, Emoji> = new Map()
  const one = after(none, { type: 'emoji_added', emoji: cat })
  expect([...one.keys()]).toEqual(['e1'])
  const named = after(one, { type: 'emoji_changed', emoji: { ...cat, aliases: ['猫'] } })
  expect(named.get('e1')?.aliases).toEqual(['猫'])
  expect(after(named, { type: 'message_posted' })).toBe(named)
  expect(after(named, { type: 'emoji_removed', emoji: 'e1' }).size).toBe(0)
  expect(none.size).toBe(0)
})
