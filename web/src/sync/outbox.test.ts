// Commands on their way: order, retries, refusals, and what the view shows meanwhile.

import { beforeEach, describe, expect, it } from 'vitest'
import type { Command, Entry, Message, Snapshot, Task } from '../protocol'
import { Outbox, type Pending } from './outbox'
import { View } from './view'

const ME = 'me'
const at = '2026-01-01T00:00:00Z'

function snapshot(): Snapshot {
  const member = { id: ME, name: 'Me', handle: 'me', role: 'member', active: true }
  return {
    seq: 10,
    workspace: { id: 'w', slug: 'w', name: 'W', created_at: at },
    member,
    members: [member],
    channels: [{ id: 'c', kind: 'public', name: 'c', created_by: ME, created_at: at }],
    memberships: [{ channel: 'c', since: 0, read: 5, unread: 2, mentions: 1, last: 9 }],
    projects: [
      {
        id: 'p',
        key: 'ENG',
        name: 'Eng',
        visibility: 'public',
        created_by: ME,
        created_at: at,
        workflow: {
          states: [
            { id: 'todo', name: 'To do', category: 'todo' },
            { id: 'done', name: 'Done', category: 'done' },
          ],
        },
      },
    ],
    feeds: [],
    preferences: { sound: true, browser: true },
    channel_settings: [],
    groups: [],
    spaces: [],
    own_spaces: [],
    side_bar: { sections: [] },
    notifications: [],
    saved: [],
    scheduled: [],
  } as unknown as Snapshot
}

let isUp: boolean
let sent: { requestId: string; command: Command }[]
let disk: Map<string, Pending>
let told: Pending[]
let timers: (() => void)[]
let outbox: Outbox
let view: View

beforeEach(() => {
  isUp = true
  sent = []
  disk = new Map()
  told = []
  timers = []
  view = new View(
    (shown) => {
      outbox = new Outbox({
        disk: {
          put: async (pending) => void disk.set(pending.requestId, pending),
          remove: async (requestId) => void disk.delete(requestId),
        },
        send: (requestId, command) => {
          if (isUp) sent.push({ requestId, command })
          return isUp
        },
        changed: () => shown.pendingChanged(),
        refused: (pending) => told.push(pending),
        later: (run) => timers.push(run),
      })
      return outbox
    },
    () => {},
  )
  view.replica.load(snapshot())
  view.replica.setWindow('channel:c', {
    ids: [],
    status: 'ready',
    hasOlder: false,
    hasNewer: false,
    stale: false,
  })
})

const settle = () => new Promise((resolve) => setTimeout(resolve))
const say = (id: string, text = id) =>
  outbox.execute({ type: 'post_message', id, channel: 'c', text }, id)
const shown = () => view.window('channel:c').items
const done = (requestId: string, seq: number) =>
  outbox.done({ type: 'done', request_id: requestId, seq, result: {} }, view.replica.seq)
const refuse = (requestId: string, code: string, retry_after_ms?: number) =>
  outbox.refused({
    type: 'refused',
    request_id: requestId,
    code: code as never,
    message: code,
    retry_after_ms,
  })

function arrive(seq: number, id: string, text = id): void {
  const message = { id, seq, channel: 'c', author: ME, at, text } as Message
  const entry = {
    seq,
    scope: 'channel:c',
    scope_seq: seq,
    at,
    actor: ME,
    event: { type: 'message_posted', message },
  } as Entry
  view.replica.apply(entry)
  outbox.land(entry)
  outbox.reached(seq)
}

describe('a message on its way', () => {
  it('shows at once, is on disk before it is sent, and is confirmed by the log', async () => {
    const { requestId, settled } = say('a')
    expect(shown()).toMatchObject([{ id: 'a', local: { state: 'sending' } }])
    expect(sent).toEqual([])
    await settle()
    expect(disk.has(requestId)).toBe(true)
    expect(sent.map((each) => each.requestId)).toEqual([requestId])
    done(requestId, 11)
    await expect(settled).resolves.toEqual({})
    expect(shown()).toMatchObject([{ id: 'a', local: undefined }])
    expect(outbox.pending()).toHaveLength(1)
    arrive(11, 'a')
    expect(outbox.pending()).toHaveLength(0)
    expect(shown().map(({ id, seq }) => [id, seq])).toEqual([['a', 11]])
    expect(disk.size).toBe(0)
  })

  it('does not overtake one that is not on disk yet', async () => {
    const keep: (() => void)[] = []
    const slow = new Outbox({
      disk: { put: () => new Promise((resolve) => keep.push(resolve)), remove: async () => {} },
      send: (requestId, command) => sent.push({ requestId, command }) > 0,
      changed: () => {},
      refused: () => {},
      later: () => {},
    })
    slow.execute({ type: 'mark_read', channel: 'a', seq: 1 })
    slow.execute({ type: 'mark_read', channel: 'b', seq: 1 })
    keep[1]?.()
    await settle()
    expect(sent).toEqual([])
    keep[0]?.()
    await settle()
    expect(sent.map(({ command }) => 'channel' in command && command.channel)).toEqual(['a', 'b'])
  })

  it('never shows twice when its entry comes before its done', async () => {
    const { requestId } = say('a')
    await settle()
    arrive(11, 'a')
    expect(shown()).toHaveLength(1)
    expect(shown()[0]?.seq).toBe(11)
    done(requestId, 11)
    expect(outbox.pending()).toHaveLength(0)
    expect(shown()).toHaveLength(1)
  })

  it('counts a reply once at its root, whichever comes first', async () => {
    arrive(11, 'root')
    const { requestId } = outbox.execute(
      { type: 'post_message', id: 'r', channel: 'c', thread: 'root', text: 'r' },
      'r',
    )
    await settle()
    expect(view.message('root')?.reply_count).toBe(1)
    const message = { id: 'r', channel: 'c', thread: 'root', author: ME, at, text: 'r' }
    const entry = {
      seq: 12,
      scope: 'channel:c',
      scope_seq: 2,
      at,
      actor: ME,
      event: { type: 'message_posted', message },
    } as Entry
    view.replica.apply(entry)
    outbox.land(entry)
    expect(view.message('root')?.reply_count).toBe(1)
    done(requestId, 12)
    expect(view.message('root')?.reply_count).toBe(1)
  })

  it('stands below every confirmed message, in the order of typing', async () => {
    say('one')
    say('two')
    arrive(11, 'other')
    expect(shown().map(({ id }) => id)).toEqual(['other', 'one', 'two'])
    await settle()
    expect(sent.map(({ command }) => 'id' in command && command.id)).toEqual(['one', 'two'])
  })
})

describe('without a connection', () => {
  it('queues, and sends in order with the same request ids after reconnecting', async () => {
    isUp = false
    const first = say('a')
    const second = say('b')
    await settle()
    expect(sent).toEqual([])
    expect(outbox.waiting).toBe(2)
    isUp = true
    outbox.flush()
    outbox.disconnected()
    outbox.flush()
    const ids = [first.requestId, second.requestId]
    expect(sent.map(({ requestId }) => requestId)).toEqual([...ids, ...ids])
  })

  it('takes over what an earlier page left, and sends it', () => {
    const row: Pending = {
      requestId: 'r1',
      id: 'a',
      command: { type: 'post_message', id: 'a', channel: 'c', text: 'kept' },
      at,
      state: 'sent',
    }
    outbox.restore([row])
    expect(sent).toMatchObject([{ requestId: 'r1' }])
    expect(shown()).toMatchObject([{ text: 'kept', local: { state: 'sending' } }])
  })

  it('sends although the disk fails', async () => {
    const broken = new Outbox({
      disk: { put: () => Promise.reject(new Error('full')), remove: async () => {} },
      send: (requestId, command) => sent.push({ requestId, command }) > 0,
      changed: () => {},
      refused: () => {},
      later: () => {},
    })
    broken.execute({ type: 'mark_read', channel: 'c', seq: 9 })
    await settle()
    expect(sent).toHaveLength(1)
  })

  it('keeps only the newest unsent read position of a channel', async () => {
    isUp = false
    outbox.execute({ type: 'mark_read', channel: 'c', seq: 7 })
    outbox.execute({ type: 'mark_read', channel: 'd', seq: 1 })
    outbox.execute({ type: 'mark_read', channel: 'c', seq: 9 })
    await settle()
    expect(outbox.pending().map(({ command }) => 'seq' in command && command.seq)).toEqual([1, 9])
  })
})

describe('refusals', () => {
  it('keeps the words of a refused message, to retry or discard', async () => {
    const { requestId, settled } = say('a', 'precious')
    await settle()
    refuse(requestId, 'not_a_member')
    await expect(settled).rejects.toMatchObject({ failure: { code: 'not_a_member' } })
    expect(shown()).toMatchObject([
      { text: 'precious', local: { state: 'failed', error: { code: 'not_a_member' } } },
    ])
    expect(disk.get(requestId)?.state).toBe('failed')
    outbox.retry(requestId)
    await settle()
    expect(sent).toHaveLength(2)
    expect(sent[1]?.requestId).not.toBe(requestId)
    const again = sent[1]?.requestId ?? ''
    refuse(again, 'not_a_member')
    outbox.discard(again)
    await settle()
    expect(shown()).toEqual([])
    expect(disk.size).toBe(0)
  })

  it('rolls back what shows at once, and tells if nobody waits for the answer', async () => {
    view.replica.keepTasks([task('t')], [])
    const { requestId } = outbox.execute({ type: 'update_task', task: 't', title: 'new' })
    expect(view.task('t')).toMatchObject({ title: 'new', local: { state: 'sending' } })
    await settle()
    refuse(requestId, 'forbidden')
    expect(view.task('t')).toMatchObject({ title: 't' })
    expect(view.task('t')?.local).toBeUndefined()
    expect(told).toMatchObject([{ error: { code: 'forbidden' } }])
  })

  it('leaves the telling to whoever waits', async () => {
    const sending = outbox.execute({ type: 'rename_workspace', name: 'x' })
    const { settled } = sending
    await settle()
    refuse(sending.requestId, 'forbidden')
    await expect(settled).rejects.toMatchObject({ failure: { code: 'forbidden' } })
    expect(told).toEqual([])
  })

  it('waits and sends again when the server is too busy', async () => {
    const first = say('a')
    await settle()
    refuse(first.requestId, 'rate_limited', 50)
    say('b')
    await settle()
    expect(sent).toHaveLength(1)
    expect(shown().map(({ local }) => local?.state)).toEqual(['sending', 'sending'])
    for (const run of timers) run()
    expect(sent.map(({ command }) => 'id' in command && command.id)).toEqual(['a', 'a', 'b'])
  })
})

describe('what is laid over', () => {
  it('reads a channel at once, exactly where all is loaded', () => {
    outbox.execute({ type: 'mark_read', channel: 'c', seq: 9 })
    expect(view.membership('c')).toMatchObject({ read: 9, unread: 0, mentions: 0 })
    expect(view.replica.memberships.get('c')).toMatchObject({ read: 5, unread: 2 })
  })

  it('marks unread by what is loaded', () => {
    for (const [index, author] of ['li', ME, 'li'].entries()) {
      const message = { id: `m${index}`, seq: index + 1, channel: 'c', author, at, text: '' }
      view.replica.keepMessages([message as Message], [])
    }
    view.replica.setWindow('channel:c', {
      ids: ['m0', 'm1', 'm2'],
      status: 'ready',
      hasOlder: false,
      hasNewer: false,
      stale: false,
    })
    outbox.execute({ type: 'mark_read', channel: 'c', seq: 0 })
    expect(view.membership('c')).toMatchObject({ read: 0, unread: 2, mentions: 0 })
  })

  it('moves a card between two others, and closes it in a done column', () => {
    view.replica.keepTasks(
      [task('a', { rank: 'b' }), task('b', { rank: 'd', number: 2 }), task('c', { rank: 'f' })],
      [],
    )
    outbox.execute({ type: 'move_task', task: 'c', after: 'a' })
    expect(view.tasks('p').tasks.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
    outbox.execute({ type: 'move_task', task: 'a', state: 'done' })
    expect(view.task('a')).toMatchObject({ state: 'done' })
    expect(view.task('a')?.closed_at).toBeTruthy()
  })

  it('reacts, edits and deletes before the server knows', () => {
    arrive(11, 'a')
    outbox.execute({ type: 'add_reaction', message: 'a', emoji: '👍' })
    outbox.execute({ type: 'edit_message', message: 'a', text: 'edited' })
    expect(view.message('a')).toMatchObject({
      text: 'edited',
      reactions: [{ emoji: '👍', members: [ME] }],
      local: { state: 'sending' },
    })
    outbox.execute({ type: 'delete_message', message: 'a' })
    expect(view.message('a')).toMatchObject({ deleted: true, text: '' })
  })

  it('shows a new task and channel, and leaves others as the same objects', () => {
    view.replica.keepTasks([task('a')], [])
    const before = view.task('a')
    outbox.execute({ type: 'create_task', id: 'n', project: 'p', title: 'New' } as Command, 'n')
    outbox.execute({ type: 'create_channel', id: 'x', name: 'x', kind: 'private' } as Command, 'x')
    expect(view.task('n')).toMatchObject({ key: 'ENG-…', state: 'todo', title: 'New' })
    expect(view.channel('x')).toMatchObject({ name: 'x' })
    expect(view.membership('x')).toBeDefined()
    expect(view.task('a')).toBe(before)
  })
})

function task(id: string, fields: Partial<Task> = {}): Task {
  return {
    id,
    project: 'p',
    key: `ENG-${id}`,
    number: 1,
    title: id,
    state: 'todo',
    priority: 'none',
    rank: 'a',
    created_by: ME,
    created_at: at,
    updated_at: at,
    message_count: 0,
    seq: 1,
    ...fields,
  }
}

describe('a message that is held', () => {
  const hold = (id: string) =>
    outbox.execute({ type: 'post_message', id, channel: 'c', text: id }, id, 5_000)

  it('goes when its time is over, and what is said after it waits', async () => {
    const first = hold('a')
    const second = say('b')
    const mark = outbox.execute({ type: 'mark_read', channel: 'c', seq: 3 })
    await settle()
    expect(shown()).toMatchObject([{ id: 'a', local: { isHeld: true } }, { id: 'b' }])
    expect(sent.map((each) => each.requestId)).toEqual([mark.requestId])
    expect(outbox.waiting).toBe(2)
    for (const timer of timers) timer()
    expect(sent.map((each) => each.requestId)).toEqual([
      mark.requestId,
      first.requestId,
      second.requestId,
    ])
    expect(shown()[0]?.local?.isHeld).toBeUndefined()
  })

  it('is taken back while it is held, and not afterwards', async () => {
    const { requestId } = hold('a')
    await settle()
    expect(outbox.takeBack(requestId)).toMatchObject({ text: 'a' })
    expect(shown()).toEqual([])
    expect(disk.size).toBe(0)
    for (const timer of timers) timer()
    expect(sent).toEqual([])
    const late = hold('b')
    await settle()
    outbox.releaseAll()
    expect(outbox.takeBack(late.requestId)).toBeUndefined()
    expect(sent.map((each) => each.requestId)).toEqual([late.requestId])
  })

  it('is on disk while it is held, and goes after a reload', async () => {
    const { requestId } = hold('a')
    await settle()
    const rows = [...disk.values()]
    expect(rows).toMatchObject([{ requestId, state: 'queued' }])
    outbox.discard(requestId)
    timers = []
    outbox.restore(rows)
    expect(sent).toEqual([])
    expect(timers).toHaveLength(1)
    for (const timer of timers) timer()
    expect(sent.map((each) => each.requestId)).toEqual([requestId])
  })
})
