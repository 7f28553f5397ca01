import { expect, it } from 'vitest'
import type { InboxItem } from '../../../model/notification'
import { groupByPlace } from './group'

function item(id: string, place: { channel?: string; project?: string }): InboxItem {
  const notification = { id, cause: 1, at: '', reason: 'mention', actor: 'a', ...place } as const
  return { notification, unread: true }
}

it('groups by place, the place with the newest first', () => {
  const items = [
    item('5', { channel: 'a' }),
    item('4', { project: 'p' }),
    item('3', { channel: 'b' }),
    item('2', { channel: 'a' }),
  ]
  const shown = groupByPlace(items).map(({ id, items }) => [
    id,
    items.map(({ notification }) => notification.id).join(),
  ])
  expect(shown).toEqual([
    ['channel:a', '5,2'],
    ['project:p', '4'],
    ['channel:b', '3'],
  ])
})
