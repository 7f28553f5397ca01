import { expect, it } from 'vitest'
import type { Channel, Entry, Event, Message, Snapshot } from '../protocol'
import { isGone } from './erasure'
import { inboxAfter } from './notification'
import { Replica } from './replica'
import { savedAfter } from './saved'

const ME = 'me'
const at = '2026-11-30T10:00:00Z'

function begun(): Replica {
  const replica = new Replica(() => undefined)
  const channel: Channel = {
    id: 'c',
    kind: 'public',
    name: 'c',
    created_by: ME,
    created_at: at,
  }
  const membership = { channel: 'c', since: 0, read: 0, unread: 0, mentions: 0, last: 0 }
  replica.load({
    seq: 0,
    workspace: { id: 'w' },
    member: { id: ME },
    members: [],
    groups: [],
    spaces: [],
    own_spaces: [],
    channels: [channel],
    memberships: [membership],
    projects: [],
    feeds: [],
    preferences: { sound: true, browser: true },
    channel_settings: [],
    side_bar: {},
    notifications: [],
    saved: [],
    scheduled: [],
  } as unknown as Snapshot)
  replica.setWindow('channel:c', {
    ids: [],
    status: 'ready',
    hasOlder: false,
    hasNewer: false,
    stale: false,
  })
  return replica
}

function tell(replica: Replica, event: Event): void {
  const seq = replica.seq + 1
  const entry = { seq, scope: 'channel:c', scope_seq: seq, at, actor: 'other', event }
  replica.apply(entry as Entry)
}

function post(replica: Replica, id: string, more: Partial<Message> = {}): void {
  const message = { id, channel: 'c', author: 'other', at, text: id, ...more }
  tell(replica, { type: 'message_posted', message } as Event)
}

/** `thread` is of those that are no roots; the replica need not hold them. */
function erase(replica: Replica, ids: string[], thread?: string): void {
  const messages = ids.map((id) => {
    const seq = replica.messages.get(id)?.seq ?? 0
    return { id, seq, author: 'other', ...(thread && id !== thread && { thread }) }
  })
  const rule = { kind: 'public', days: 1 }
  tell(replica, { type: 'messages_erased', channel: 'c', rule, messages } as Event)
}

it('erased messages leave their windows and are unread no more', () => {
  const replica = begun()
  post(replica, 'a')
  post(replica, 'b')
  expect(replica.memberships.get('c')?.unread).toBe(2)
  erase(replica, ['a'])
  expect(replica.windows.get('channel:c')?.ids).toEqual(['b'])
  expect(replica.messages.has('a')).toBe(false)
  expect(replica.memberships.get('c')?.unread).toBe(1)
})

it('a root keeps its place until its last reply goes', () => {
  const replica = begun()
  post(replica, 'root')
  post(replica, 'one', { thread: 'root' })
  post(replica, 'two', { thread: 'root' })
  erase(replica, ['root', 'one'], 'root')
  const root = replica.messages.get('root')
  expect(root).toMatchObject({ text: '', deleted: true, erased: true, reply_count: 1 })
  expect(replica.windows.get('channel:c')?.ids).toEqual(['root'])
  erase(replica, ['two'], 'root')
  expect(replica.messages.has('root')).toBe(false)
  expect(replica.windows.get('channel:c')?.ids).toEqual([])
})

it('a page that was on its way brings nothing back', () => {
  const replica = begun()
  post(replica, 'a')
  const fetched = replica.messages.get('a') as Message
  const hold = replica.hold()
  erase(replica, ['a'])
  expect(replica.keepMessages([fetched], hold.entries)).toEqual([])
  expect(replica.messages.has('a')).toBe(false)
})

it('quotes and files go, and their messages stay', () => {
  const replica = begun()
  const quote = {
    channel: 'c',
    message: 'x',
    quotes: [{ message: 'x', author: ME, at, text: 'x' }],
  }
  post(replica, 'a', { quote, files: [{ id: 'f', name: 'f', media_type: 'f', size: 1 }] })
  tell(replica, { type: 'quotes_erased', channel: 'c', messages: ['a'] } as Event)
  const rule = { kind: 'files', days: 1 }
  const messages = [{ message: 'a', files: 1 }]
  tell(replica, { type: 'files_erased', channel: 'c', rule, messages } as Event)
  const after = replica.messages.get('a')
  expect(after?.quote?.quotes[0]?.text).toBe('')
  expect(after?.files).toBeUndefined()
  expect(after).toMatchObject({ text: 'a', erased_files: 1 })
})

it('what was told and kept of an erased message goes', () => {
  const event = {
    type: 'messages_erased',
    channel: 'c',
    rule: { kind: 'public', days: 1 },
    messages: [{ id: 'a', seq: 1, author: ME }],
  } as Event
  const entry = { seq: 2, scope: 'channel:c', scope_seq: 2, at, actor: ME, event } as Entry
  const one = { id: 'n', message: 'a' }
  const other = { id: 'o', message: 'b' }
  const inbox = new Map([one, other].map((each) => [each.id, each] as const))
  expect([...inboxAfter(inbox as never, entry).keys()]).toEqual(['o'])
  const saved = new Map([one, other].map((each) => [each.message, each] as const))
  expect([...savedAfter(saved as never, entry).keys()]).toEqual(['b'])
})

it('is gone only when nothing hangs on it', () => {
  expect(isGone({ erased: true, reply_count: 1 })).toBe(false)
  expect(isGone({ erased: true })).toBe(true)
  expect(isGone({ erased: true, thread: 'root', reply_count: 0 })).toBe(true)
  expect(isGone({})).toBe(false)
})
