// The inbox entry by entry, as the server's rows.

import { expect, it } from 'vitest'
import type { Entry, Event, Notification } from '../protocol'
import { inboxAfter, isUnread } from './notification'

let seq = 100

function told(id: string, fields: Partial<Notification> = {}): Notification {
  const base = { id, seq: 1, cause: 1, at: '2026-01-01T00:00:00Z', actor: 'li', count: 1 }
  return { ...base, reason: 'mention', channel: 'c1', excerpt: 'hello', ...fields }
}

function after(inbox: Notification[], event: Event): Notification[] {
  seq += 1
  const entry = { seq, scope: 'inbox:me', scope_seq: 1, at: '', actor: 'li', event } as Entry
  const map = new Map(inbox.map((each) => [each.id, each]))
  return [...inboxAfter(map, entry).values()]
}

const ids = (inbox: Notification[]) => inbox.map(({ id }) => id).join()

it('takes the new, in the place of the old', () => {
  const [a, b] = [told('a'), told('b')]
  const event = { type: 'notification_added', notification: told('c') } as const
  expect(ids(after([a, b], event))).toBe('a,b,c')
  expect(ids(after([a, b], { ...event, replaces: 'a' }))).toBe('b,c')
  expect(ids(after([a, b], { ...event, done: ['a', 'b'] }))).toBe('c')
  const suppressed = { ...event, notification: told('c', { suppressed: 'muted', done: true }) }
  expect(ids(after([a], suppressed))).toBe('a')
})

it('is changed, finished and restored', () => {
  const change = { type: 'notifications_changed' as const, notifications: ['a'] }
  expect(after([told('a')], { ...change, read: true })[0]?.read).toBe(true)
  expect(ids(after([told('a'), told('b')], { ...change, done: true }))).toBe('b')
  const until = '2026-01-02T00:00:00Z'
  const [snoozed] = after([told('a')], { ...change, snoozed_until: until })
  expect(snoozed?.snoozed_until).toBe(until)
  expect(after([snoozed as Notification], { ...change, read: false })[0]?.snoozed_until).toBe(until)
  expect(
    after([snoozed as Notification], { ...change, snoozed_until: null })[0]?.snoozed_until,
  ).toBeNull()
  const restored = { type: 'notifications_restored' as const, notifications: [told('z')] }
  expect(ids(after([told('a')], restored))).toBe('a,z')
})

it('follows what it is about', () => {
  const inbox = [
    told('a', { message: 'm1' }),
    told('b', { channel: null, project: 'p1', task: 't1' }),
  ]
  const edited = { type: 'message_edited', message: 'm1', message_seq: 1, at: '' } as const
  const text = '长'.repeat(300)
  expect(after(inbox, { ...edited, text })[0]?.excerpt).toBe('长'.repeat(200))
  const deleted = { type: 'message_deleted', message: 'm1', message_seq: 1, author: 'li' } as const
  expect(ids(after(inbox, deleted))).toBe('b')
  const kept = { type: 'kept_message_changed', message: 'm1' } as const
  expect(after(inbox, { ...kept, excerpt: 'reworded' })[0]?.excerpt).toBe('reworded')
  expect(ids(after(inbox, kept))).toBe('b')
  expect(ids(after(inbox, { type: 'task_deleted', task: 't1' }))).toBe('a')
  expect(ids(after(inbox, { type: 'channel_lost', channel: 'c1' }))).toBe('b')
  expect(ids(after(inbox, { type: 'project_lost', project: 'p1' }))).toBe('a')
})

it('is read with its channel, but not in threads nor against what was said', () => {
  const one = told('a', { cause: 7 })
  expect([isUnread(one, 6), isUnread(one, 7)]).toEqual([true, false])
  expect(isUnread({ ...one, thread: 'm1' }, 9)).toBe(true)
  expect(isUnread({ ...one, read: false }, 9)).toBe(true)
  expect(isUnread({ ...one, read: true }, 0)).toBe(false)
})
