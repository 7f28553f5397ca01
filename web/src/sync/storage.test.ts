// The disk: what is read back is the state at its cursor, wholly or not at all.

import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Message, Snapshot, Task } from '../protocol'
import type { Pending } from './outbox'
import { Replica } from './replica'
import { restore } from './restore'
import { Storage } from './storage'

const at = '2026-01-01T00:00:00Z'
let member = 0

beforeEach(() => {
  member += 1
})
afterEach(() => {
  vi.unstubAllGlobals()
})

function filled(seq: number): Replica {
  const replica = new Replica(() => {})
  const me = { id: 'me', name: 'Me', handle: 'me', role: 'member', active: true }
  replica.load({
    seq,
    workspace: { id: 'w', slug: 'w', name: 'W', created_at: at },
    member: me,
    groups: [],
    spaces: [],
    own_spaces: [],
    members: [me],
    channels: [{ id: 'c', kind: 'public', name: 'c', created_by: 'me', created_at: at }],
    memberships: [{ channel: 'c', since: 0, read: 0, unread: 0, mentions: 0, last: 0 }],
    projects: [],
    feeds: [],
    preferences: { sound: true, browser: true },
    channel_settings: [],
    side_bar: { sections: [] },
    notifications: [],
    saved: [],
    scheduled: [],
  } as unknown as Snapshot)
  return replica
}

function say(replica: Replica, count: number, key = 'channel:c', channel = 'c'): void {
  const items = Array.from({ length: count }, (_, index) => ({
    id: `${channel}${index}`,
    seq: index + 1,
    channel,
    author: 'me',
    at,
    text: String(index),
  })) as Message[]
  const ids = replica.keepMessages(items, [])
  replica.setWindow(key, {
    ids,
    status: 'ready',
    hasOlder: false,
    hasNewer: false,
    stale: false,
  })
}

async function reopened(name: string) {
  const storage = new Storage('w', name)
  const restored = await storage.open()
  storage.close()
  return restored
}

it('gives back snapshot, windows and tasks of one cursor', async () => {
  const storage = new Storage('w', `m${member}`)
  await storage.open()
  const replica = filled(20)
  say(replica, 80)
  replica.keepTasks([{ id: 't', project: 'p', key: 'P-1', seq: 3 } as Task], [])
  replica.setTaskList('p', 'ready')
  await storage.save(replica, ['channel:c'])
  storage.close()
  const restored = await reopened(`m${member}`)
  expect(restored.snapshot?.seq).toBe(20)
  expect(restored.snapshot).toEqual(replica.snapshot())
  expect(restored.windows).toHaveLength(1)
  expect(restored.windows[0]?.messages.map(({ id }) => id).at(-1)).toBe('c79')
  expect(restored.windows[0]).toMatchObject({ hasOlder: true })
  expect(restored.tasks.map(({ id }) => id)).toEqual(['t'])
  expect(restored.lists).toEqual(['p'])
  const again = filled(0)
  again.load(restored.snapshot as Snapshot)
  restore(again, restored.windows, restored.tasks, restored.lists)
  expect(again.snapshot()).toEqual(replica.snapshot())
  expect(again.taskKeys.get('P-1')).toBe('t')
})

it('writes changes, forgets what is gone, keeps no window that is not live', async () => {
  const storage = new Storage('w', `m${member}`)
  await storage.open()
  const replica = filled(20)
  say(replica, 3)
  say(replica, 2, 'channel:foreign', 'foreign')
  replica.keepTasks([{ id: 't', project: 'p', key: 'P-1', seq: 3 } as Task], [])
  await storage.save(replica, ['channel:c', 'channel:foreign'])
  replica.apply({
    seq: 21,
    scope: 'inbox:me',
    scope_seq: 1,
    at,
    actor: 'me',
    event: { type: 'project_lost', project: 'p' },
  })
  replica.apply({
    seq: 22,
    scope: 'channel:c',
    scope_seq: 2,
    at,
    actor: 'me',
    event: { type: 'reaction_added', message: 'c1', emoji: '👍' },
  })
  await storage.save(replica, ['channel:c', 'channel:foreign'])
  storage.close()
  const { snapshot, windows, tasks } = await reopened(`m${member}`)
  expect(snapshot?.seq).toBe(22)
  expect(tasks).toEqual([])
  expect(windows.map(({ key }) => key)).toEqual(['channel:c'])
  expect(windows[0]?.messages[1]?.reactions).toEqual([{ emoji: '👍', members: ['me'] }])
})

const task = (id: string) => ({ id, project: 'p', key: id, seq: 3 }) as Task

it('writes all of a long list, and the newest of several wishes', async () => {
  const storage = new Storage('w', `m${member}`)
  await storage.open()
  const replica = filled(20)
  const ids = Array.from({ length: 500 }, (_, at) => `P-${at}`)
  replica.keepTasks(ids.map(task), [])
  const first = storage.save(replica, [])
  replica.keepTasks([task('P-late')], [])
  replica.advance(30)
  await Promise.all([first, storage.save(replica, [])])
  const { snapshot, tasks } = await reopened(`m${member}`)
  expect(snapshot?.seq).toBe(30)
  expect(tasks.map(({ id }) => id).sort()).toEqual([...ids, 'P-late'].sort())
})

it('trusts what it read only if nobody has written since', async () => {
  const other = new Storage('w', `m${member}`)
  await other.open()
  const replica = filled(20)
  replica.keepTasks([task('P-1')], [])
  await other.save(replica, [])
  const storage = new Storage('w', `m${member}`)
  const { tasks } = await storage.open()
  replica.keepTasks([task('P-2')], [])
  await other.save(replica, [])
  const mine = filled(40)
  mine.keepTasks(tasks, [])
  await storage.save(mine, [])
  const restored = await reopened(`m${member}`)
  expect(restored.tasks.map(({ id }) => id)).toEqual(['P-1'])
  expect(restored.snapshot?.seq).toBe(40)
})

const pending = (requestId: string): Pending => ({
  requestId,
  id: '',
  command: { type: 'mark_read', channel: 'c', seq: 1 },
  at,
  state: 'queued',
})

/** The locks of a browser, as far as they are used here. */
class Locks {
  private readonly queues = new Map<string, Promise<unknown>>()

  query = async () => ({ held: [...this.queues.keys()].map((name) => ({ name })) })

  request(name: string, ...rest: unknown[]): Promise<unknown> {
    const run = rest.at(-1) as () => unknown
    const turn = (this.queues.get(name) ?? Promise.resolve()).then(run)
    this.queues.set(name, turn)
    return turn
  }
}

it('keeps commands and drafts until they are gone', async () => {
  const storage = new Storage('w', `m${member}`)
  await storage.open()
  await storage.put(pending('r2'))
  await storage.put(pending('r1'))
  await storage.put(pending('r3'))
  await storage.remove('r3')
  await storage.putDrafts([
    ['channel:c', '你好'],
    ['channel:d', 'x'],
  ])
  await storage.putDrafts([['channel:d', '']])
  storage.close()
  const { outbox, drafts } = await reopened(`m${member}`)
  expect(outbox.map(({ requestId }) => requestId)).toEqual(['r2', 'r1'])
  expect(drafts).toEqual([['channel:c', '你好']])
})

it('gives back drafts whose write did not come to its end, once', async () => {
  const ending = new Storage('w', `m${member}`)
  await ending.open()
  await ending.putDrafts([['channel:d', 'sent by now']])
  // The browser closes a page with whatever it was still writing.
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('gone', 'InvalidStateError')
  })
  const lost = ending.putDrafts([
    ['channel:c', '还没发的话'],
    ['channel:d', ''],
  ])
  await expect(lost).rejects.toThrow('gone')
  vi.restoreAllMocks()
  ending.close()
  const next = new Storage('w', `m${member}`)
  expect((await next.open()).drafts).toEqual([['channel:c', '还没发的话']])
  await vi.waitFor(() => expect(localStorage).toHaveLength(0))
  await next.putDrafts([['channel:c', '还没发的话，改了']])
  next.close()
  expect((await reopened(`m${member}`)).drafts).toEqual([['channel:c', '还没发的话，改了']])
})

it('answers for a command whose write did not come to its end', async () => {
  const ending = new Storage('w', `m${member}`)
  await ending.open()
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('gone', 'InvalidStateError')
  })
  await expect(ending.put(pending('r1'))).rejects.toThrow('gone')
  vi.restoreAllMocks()
  ending.close()
  const next = new Storage('w', `m${member}`)
  expect((await next.open()).outbox).toEqual([pending('r1')])
  await next.remove('r1')
  next.close()
  expect(localStorage).toHaveLength(0)
  expect((await reopened(`m${member}`)).outbox).toEqual([])
})

it('answers for the commands of a tab that ends later, once', async () => {
  vi.stubGlobal('navigator', { locks: new Locks() })
  const left = new Storage('w', `m${member}`)
  await left.open()
  await left.put(pending('r1'))
  const heard: string[][] = []
  const hear = (rows: Pending[]) => heard.push(rows.map(({ requestId }) => requestId))
  // A reload: the page before has not let go of its lock yet.
  const next = new Storage('w', `m${member}`, hear)
  expect((await next.open()).outbox).toEqual([])
  const third = new Storage('w', `m${member}`, hear)
  await third.open()
  await left.put(pending('r2'))
  left.close()
  await vi.waitFor(() => expect(heard).toEqual([['r1', 'r2']]))
  next.close()
  await vi.waitFor(() =>
    expect(heard).toEqual([
      ['r1', 'r2'],
      ['r1', 'r2'],
    ]),
  )
  third.close()
})

it('leaves nothing behind after signing out', async () => {
  const storage = new Storage('w', `m${member}`)
  await storage.open()
  await storage.save(filled(20), [])
  await storage.putDrafts([['a', 'b']])
  await storage.wipe()
  expect(await reopened(`m${member}`)).toMatchObject({ snapshot: undefined, drafts: [] })
})

it('leaves a database of a newer build alone', async () => {
  const newer = await openDB(`tenon:w:m${member}`, 99)
  newer.close()
  await expect(new Storage('w', `m${member}`).open()).rejects.toThrow()
  const kept = await indexedDB.databases()
  expect(kept).toContainEqual({ name: `tenon:w:m${member}`, version: 99 })
})
