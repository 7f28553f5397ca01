// The sync theorem, event by event: what the server would put into a later snapshot or page is
// what the replica holds after the entry.

import { beforeEach, describe, expect, it } from 'vitest'
import type { Channel, Event, Message, Project, Scope, Snapshot, Task } from '../protocol'
import { Replica } from './replica'

const ME = 'me'
const channel = {
  id: 'c1',
  kind: 'public',
  name: 'launch',
  created_by: ME,
  created_at: t(0),
} as const
const secret = { ...channel, id: 'c2', kind: 'private', name: 'board' } as const
const place = { channel: 'c1', since: 1, read: 10, unread: 0, mentions: 0, last: 10 }
const project = {
  id: 'p1',
  key: 'ENG',
  name: 'Engineering',
  visibility: 'public',
  created_by: ME,
  created_at: t(0),
  workflow: {
    states: [
      { id: 'todo', name: 'To do', category: 'todo' },
      { id: 'done', name: 'Done', category: 'done' },
    ],
  },
} as const

function t(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
}

function member(id: string, fields = {}) {
  return {
    id,
    kind: 'person' as const,
    name: id,
    handle: id,
    role: 'member' as const,
    time_zone: 'UTC',
    language: 'en' as const,
    active: true,
    joined_at: t(0),
    ...fields,
  }
}

function snapshot(): Snapshot {
  return {
    seq: 10,
    workspace: { id: 'w', slug: 'w', name: 'Workspace', created_at: t(0) },
    member: member(ME),
    members: [member('li'), member(ME), member('zhang')],
    channels: [channel, secret],
    memberships: [place, { ...place, channel: 'c2' }],
    projects: [project],
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

let replica: Replica
let touched: Set<string>
let seq: number

beforeEach(() => {
  touched = new Set()
  replica = new Replica((topic) => touched.add(topic))
  replica.load(snapshot())
  seq = 10
})

function apply(event: Event, actor = 'li', scope = 'workspace'): number {
  seq += 1
  replica.apply({ seq, scope: scope as Scope, scope_seq: seq, at: t(seq), actor, event })
  return seq
}

function message(id: string, fields: Partial<Message> = {}): Message {
  return { id, seq: 0, channel: 'c1', author: 'li', at: t(seq + 1), text: id, ...fields }
}

function post(id: string, fields: Partial<Message> = {}): number {
  const made = message(id, fields)
  return apply({ type: 'message_posted', message: made }, made.author)
}

function task(id: string, fields: Partial<Task> = {}): Task {
  return {
    id,
    project: 'p1',
    key: `ENG-${id}`,
    number: 1,
    title: id,
    state: 'todo',
    priority: 'none',
    rank: 'a',
    created_by: ME,
    created_at: t(0),
    updated_at: t(0),
    message_count: 0,
    seq: 10,
    ...fields,
  }
}

function openWindow(key: string, ids: string[] = []): void {
  replica.setWindow(key, { ids, status: 'ready', hasOlder: false, hasNewer: false, stale: false })
}

const now = () => replica.snapshot() as Snapshot
const membership = (id = 'c1') => replica.memberships.get(id)

describe('workspace and people', () => {
  it('renames the workspace', () => {
    apply({ type: 'workspace_renamed', name: 'New' })
    expect(now().workspace.name).toBe('New')
  })

  it('keeps to the rules as they are now', () => {
    const rules = { password_chars_min: 8, session_days: 30 }
    const from = { ...rules, inviters: 'administrators', everyone_mentioners: 'everyone' } as const
    apply({ type: 'policy_changed', from, to: { ...from, session_days: 7 } })
    apply({ type: 'mail_domains_changed', from: [], to: ['tenon.example'] })
    apply({ type: 'logo_changed', logo: 'ab12' })
    apply({ type: 'everyone_signed_out' })
    expect(now().workspace).toMatchObject({
      policy: { session_days: 7 },
      mail_domains: ['tenon.example'],
      logo: 'ab12',
    })
  })

  it('adds members and takes their profile without role and state', () => {
    apply({ type: 'member_added', member: member('wang') })
    apply({ type: 'role_changed', member: 'wang', from: 'member', to: 'admin' })
    apply({ type: 'member_deactivated', member: 'wang' })
    apply({ type: 'member_changed', member: member('wang', { name: '王芳' }) })
    expect(replica.members.get('wang')).toMatchObject({
      name: '王芳',
      role: 'admin',
      active: false,
    })
    apply({ type: 'member_reactivated', member: 'wang' })
    expect(replica.members.get('wang')?.active).toBe(true)
  })
})

describe('channels', () => {
  it('knows public ones without being in them', () => {
    apply({ type: 'channel_created', channel: { ...channel, id: 'c3', name: 'random' } })
    expect(replica.channels.get('c3')?.name).toBe('random')
    expect(membership('c3')).toBeUndefined()
  })

  it('gains one with its place and feeds', () => {
    const feed = { channel: 'c3', project: 'p1', created_by: ME, created_at: t(0) }
    apply({
      type: 'channel_gained',
      channel: { ...secret, id: 'c3' },
      membership: { ...place, channel: 'c3', unread: 2 },
      feeds: [feed],
    })
    expect(membership('c3')?.unread).toBe(2)
    expect(now().feeds).toEqual([feed])
  })

  it('purges a lost private one wholly, of a public one all but its name', () => {
    openWindow('channel:c2')
    openWindow('channel:c1')
    post('secret', { channel: 'c2' })
    post('open')
    openWindow('thread:secret')
    post('reply', { channel: 'c2', thread: 'secret' })
    apply({ type: 'channel_lost', channel: 'c2' })
    apply({ type: 'channel_lost', channel: 'c1' })
    expect(replica.channels.has('c2')).toBe(false)
    expect(replica.channels.has('c1')).toBe(true)
    expect(now().memberships).toEqual([])
    expect(replica.messages.size).toBe(0)
    expect(replica.windows.size).toBe(0)
  })

  it('forgets a hidden one that the reader is not in, with what was kept of it', () => {
    openWindow('channel:c3')
    post('seen', { channel: 'c3' })
    const saved = { message: 'seen', channel: 'c3', author: 'li', excerpt: 'x', saved_at: t(1) }
    apply({ type: 'message_saved', saved })
    apply({ type: 'channel_hidden', channel: 'c3' })
    apply({ type: 'channel_hidden', channel: 'c1' })
    expect([replica.channels.has('c3'), replica.channels.has('c1')]).toEqual([false, true])
    expect([replica.messages.size, replica.saved.size]).toEqual([0, 0])
  })

  it('forgets one that went into a closed space, unless the reader is there', () => {
    const space = { id: 's', kind: 'closed', name: 'S', created_by: ME, created_at: t(1) } as const
    const placed = (id: string) => ({
      ...(replica.channels.get(id) as Channel),
      space: 's',
      in_closed_space: true,
    })
    const project = replica.projects.get('p1') as Project
    // Not told of the change, as whoever is not there.
    apply({ type: 'channel_enclosed', channel: 'c3' })
    expect(replica.channels.has('c3')).toBe(false)
    apply({ type: 'project_enclosed', project: 'p1' })
    expect(replica.projects.has('p1')).toBe(false)
    const channel = { ...placed('c1'), id: 'c3' }
    apply({ type: 'space_gained', space, channels: [channel], projects: [project] })
    expect([replica.channels.has('c3'), replica.projects.has('p1')]).toEqual([true, true])
    apply({ type: 'channel_changed', channel: placed('c1') })
    apply({ type: 'channel_enclosed', channel: 'c1' })
    apply({ type: 'project_changed', project: { ...project, space: 's', in_closed_space: true } })
    apply({ type: 'project_enclosed', project: 'p1' })
    expect([replica.channels.has('c1'), replica.projects.has('p1')]).toEqual([true, true])
    replica.setRoster('space:s', [ME])
    apply({ type: 'space_members_changed', space: 's', added: ['li'] })
    expect(replica.rosters.get('space:s')).toEqual([ME, 'li'])
    apply({ type: 'space_lost', space: 's' })
    apply({ type: 'channel_lost', channel: 'c3' })
    expect([now().spaces, now().own_spaces]).toEqual([[], []])
    expect(replica.channels.has('c3')).toBe(false)
    expect(replica.rosters.has('space:s')).toBe(false)
  })

  it('lets a guest forget a lost public one too', () => {
    apply({ type: 'role_changed', member: ME, from: 'member', to: 'guest' })
    apply({ type: 'channel_lost', channel: 'c1' })
    expect(replica.channels.has('c1')).toBe(false)
  })

  it('follows who is in it where that was asked for', () => {
    replica.setRoster('channel:c1', [ME])
    apply({ type: 'channel_member_added', channel: 'c1', member: 'li' })
    apply({ type: 'channel_member_added', channel: 'c2', member: 'li' })
    apply({ type: 'channel_member_removed', channel: 'c1', member: ME })
    expect(replica.rosters.get('channel:c1')).toEqual(['li'])
    expect(replica.rosters.has('channel:c2')).toBe(false)
  })

  it('follows many who come and go at once, and tells who asks why they are there', () => {
    const follows = () => [...touched].filter((topic) => topic.startsWith('follows:'))
    replica.setRoster('channel:c1', [ME, 'wang'])
    const many = { channel: 'c1', added: ['li', 'zhao'], removed: ['wang'] }
    apply({ type: 'channel_members_changed', ...many })
    expect(replica.rosters.get('channel:c1')).toEqual([ME, 'li', 'zhao'])
    expect(follows()).toEqual(['follows:channel:c1'])
    touched.clear()
    apply({ type: 'channel_member_named', channel: 'c1', member: 'li' })
    apply({ type: 'group_followed', roster: { space: 's' }, group: 'g', follow: true })
    expect(follows()).toEqual(['follows:channel:c1', 'follows:space:s'])
    touched.clear()
    apply({ type: 'space_members_named', space: 's', members: ['li'] })
    expect(follows()).toEqual(['follows:space:s'])
  })

  it('adds and removes feeds', () => {
    const feed = { channel: 'c1', project: 'p1', created_by: ME, created_at: t(0) }
    apply({ type: 'feed_added', feed })
    expect(now().feeds).toEqual([feed])
    apply({ type: 'feed_removed', channel: 'c1', project: 'p1' })
    expect(now().feeds).toEqual([])
  })
})

describe('counts', () => {
  it('counts what others say outside threads, and mentions everywhere', () => {
    const last = post('a', { mentions: [ME] })
    post('b', { thread: 'a', mentions_channel: true })
    expect(membership()).toMatchObject({ unread: 1, mentions: 2, last, read: 10 })
  })

  it('has read everything once the reader speaks, but not by a reply', () => {
    post('a', { mentions: [ME] })
    post('reply', { author: ME, thread: 'a' })
    expect(membership()).toMatchObject({ unread: 1, mentions: 1 })
    const own = post('b', { author: ME })
    expect(membership()).toMatchObject({ unread: 0, mentions: 0, read: own, last: own })
  })

  it('counts no cards', () => {
    post('card', { text: '', card: { key: 'ENG-1' } as Message['card'] })
    expect(membership()).toMatchObject({ unread: 0, last: 10 })
  })

  it('counts a reply that stands in its channel too, also when it goes', () => {
    post('m1', { author: ME })
    post('m2', { thread: 'm1', in_channel: true })
    expect(membership()).toMatchObject({ unread: 1, last: 12 })
    const gone = { channel: 'c1', thread: 'm1', in_channel: true, message_seq: 12, author: 'li' }
    apply({ type: 'message_deleted', message: 'm2', ...gone })
    expect(membership()).toMatchObject({ unread: 0 })
  })

  it('takes back what is deleted while it was unread', () => {
    const at = post('a', { mentions: [ME] })
    const event = {
      type: 'message_deleted' as const,
      message: 'a',
      channel: 'c1',
      message_seq: at,
      author: 'li',
      mentions: [ME],
    }
    apply(event)
    expect(membership()).toMatchObject({ unread: 0, mentions: 0 })
    apply({ ...event, message: 'old', message_seq: 9 })
    expect(membership()).toMatchObject({ unread: 0, mentions: 0 })
  })

  it('follows mentions that an edit adds or removes', () => {
    const at = post('a')
    const edit = { type: 'message_edited' as const, message: 'a', channel: 'c1', message_seq: at }
    apply({ ...edit, text: '@me', mentions: [ME], at: t(50) })
    expect(membership()?.mentions).toBe(1)
    apply({ ...edit, text: '@all', mentions_before: [ME], mentions_channel: true, at: t(51) })
    expect(membership()?.mentions).toBe(1)
    apply({ ...edit, text: 'no', mentions_channel_before: true, at: t(52) })
    expect(membership()?.mentions).toBe(0)
    apply({ ...edit, message_seq: 9, text: '@me', mentions: [ME], at: t(53) })
    expect(membership()?.mentions).toBe(0)
  })

  it('takes the counts of a read mark', () => {
    post('a')
    apply({ type: 'read_marked', channel: 'c1', read: 5, unread: 3, mentions: 1 }, ME)
    expect(membership()).toMatchObject({ read: 5, unread: 3, mentions: 1 })
    const marks = [
      { channel: 'c1', unread: 2, mentions: 0 },
      { channel: 'not in', unread: 0, mentions: 0 },
    ]
    apply({ type: 'all_read_marked', read: 6, marks }, ME)
    expect(membership()).toMatchObject({ read: 6, unread: 2, mentions: 0 })
  })
})

describe('messages', () => {
  beforeEach(() => openWindow('channel:c1'))

  it('appends to a window that reaches the head, to no other', () => {
    post('a')
    expect(replica.windows.get('channel:c1')?.ids).toEqual(['a'])
    expect(replica.messages.get('a')?.seq).toBe(11)
    replica.setWindow('channel:c1', {
      ids: ['a'],
      status: 'ready',
      hasOlder: false,
      hasNewer: true,
      stale: false,
    })
    post('b')
    expect(replica.windows.get('channel:c1')?.ids).toEqual(['a'])
  })

  it('shows a reply in its thread and, if it stands there too, in its channel', () => {
    post('m1')
    openWindow('channel:c1', ['m1'])
    openWindow('thread:m1')
    post('m2', { thread: 'm1' })
    post('m3', { thread: 'm1', in_channel: true })
    expect(replica.windows.get('channel:c1')?.ids).toEqual(['m1', 'm3'])
    expect(replica.windows.get('thread:m1')?.ids).toEqual(['m2', 'm3'])
    replica.dropWindow('thread:m1')
    expect(replica.messages.has('m3')).toBe(true)
    expect(replica.messages.has('m2')).toBe(false)
  })

  it('follows who acknowledges, and who is not waited for any more', () => {
    openWindow('channel:c1')
    const asks = { by: 'li', at: t(0), waiting: [ME, 'wang', 'zhao'] }
    post('m1', { acknowledgement: asks })
    const about = { message: 'm1', channel: 'c1' }
    apply({ type: 'message_acknowledged', ...about }, ME)
    apply({ type: 'channel_members_changed', channel: 'c1', removed: ['wang'] })
    apply({ type: 'acknowledgement_reminded', ...about, waiting: ['zhao'] })
    expect(replica.messages.get('m1')?.acknowledgement).toMatchObject({
      waiting: ['zhao'],
      acknowledged: [{ member: ME, at: t(12) }],
      reminded_at: t(14),
    })
    apply({ type: 'acknowledgement_withdrawn', ...about })
    expect(replica.messages.get('m1')?.acknowledgement).toBeUndefined()
  })

  it('applies an entry once', () => {
    post('a')
    const entry = {
      seq: 11,
      scope: 'channel:c1' as Scope,
      scope_seq: 1,
      at: t(11),
      actor: 'li',
      event: { type: 'message_posted' as const, message: message('a') },
    }
    replica.apply(entry)
    expect(replica.windows.get('channel:c1')?.ids).toEqual(['a'])
    expect(membership()?.unread).toBe(1)
  })

  it('keeps what an edited message said before', () => {
    const at = post('a')
    apply({
      type: 'message_edited',
      message: 'a',
      channel: 'c1',
      message_seq: at,
      text: 'b',
      at: t(60),
    })
    const edited = replica.messages.get('a')
    expect(edited).toMatchObject({ text: 'b', edited_at: t(60) })
    expect(edited?.edits).toEqual([{ text: 'a', at: t(11) }])
  })

  it('empties a deleted message and keeps its place', () => {
    const at = post('a', { mentions: [ME], reactions: [{ emoji: '👍', members: [ME] }] })
    apply({ type: 'message_deleted', message: 'a', channel: 'c1', message_seq: at, author: 'li' })
    const gone = replica.messages.get('a')
    expect(gone).toMatchObject({ deleted: true, text: '' })
    expect(gone?.reactions).toBeUndefined()
    expect(gone?.mentions).toBeUndefined()
    expect(replica.windows.get('channel:c1')?.ids).toEqual(['a'])
  })

  it('counts replies at the root and names the newest three repliers', () => {
    post('root')
    openWindow('thread:root')
    for (const [index, author] of ['li', 'zhang', ME, 'wang', 'zhang'].entries()) {
      post(`r${index}`, { thread: 'root', author })
    }
    expect(replica.messages.get('root')).toMatchObject({
      reply_count: 5,
      repliers: [ME, 'wang', 'zhang'],
      last_reply_at: replica.messages.get('r4')?.at,
    })
    apply({
      type: 'message_deleted',
      message: 'r4',
      channel: 'c1',
      thread: 'root',
      message_seq: seq,
      author: 'zhang',
    })
    expect(replica.messages.get('root')?.reply_count).toBe(4)
    expect(replica.windows.get('thread:root')?.ids).toHaveLength(5)
  })

  it('puts reactions on and takes them off', () => {
    post('a')
    apply({ type: 'reaction_added', message: 'a', emoji: '👍' }, 'li')
    apply({ type: 'reaction_added', message: 'a', emoji: '👍' }, ME)
    expect(replica.messages.get('a')?.reactions).toEqual([{ emoji: '👍', members: ['li', ME] }])
    apply({ type: 'reaction_removed', message: 'a', emoji: '👍' }, 'li')
    apply({ type: 'reaction_removed', message: 'a', emoji: '👍' }, ME)
    expect(replica.messages.get('a')?.reactions).toEqual([])
  })

  it('links a message to its task and renews a card in place', () => {
    const link = { task: 't1', project: 'p1', key: 'ENG-1' }
    post('a')
    apply({ type: 'message_linked', message: 'a', channel: 'c1', link })
    expect(replica.messages.get('a')?.link).toEqual(link)
    const card = { task: 't1', key: 'ENG-1', seq: 30 } as unknown as NonNullable<Message['card']>
    apply({ type: 'card_changed', message: 'a', channel: 'c1', card })
    expect(replica.messages.get('a')?.card).toEqual(card)
  })
})

describe('pages that arrive late or early', () => {
  it('makes up for what happened while a page was on its way', () => {
    const hold = replica.hold()
    const at = post('new')
    apply({
      type: 'message_edited',
      message: 'old',
      channel: 'c1',
      message_seq: 5,
      text: 'edited',
      at: t(70),
    })
    post('reply', { thread: 'old' })
    // The page was read before all of that.
    const ids = replica.keepMessages([message('old', { seq: 5, at: t(1) })], hold.entries)
    openWindow('channel:c1', ids)
    replica.appendMissed('channel:c1', hold.entries)
    hold.release()
    expect(replica.messages.get('old')).toMatchObject({ text: 'edited', reply_count: 1 })
    expect(replica.windows.get('channel:c1')?.ids).toEqual(['old', 'new'])
    expect(replica.messages.get('new')?.seq).toBe(at)
  })

  it('counts nothing twice that the page tells already', () => {
    const hold = replica.hold()
    post('reply', { thread: 'old' })
    apply({
      type: 'message_edited',
      message: 'old',
      channel: 'c1',
      message_seq: 5,
      text: 'edited',
      at: t(70),
    })
    const told = message('old', {
      seq: 5,
      text: 'edited',
      edited_at: t(70),
      edits: [{ text: 'old', at: t(1) }],
      reply_count: 1,
      last_reply_at: t(11),
      repliers: ['li'],
    })
    replica.keepMessages([told], hold.entries)
    hold.release()
    expect(replica.messages.get('old')).toMatchObject({ reply_count: 1, edits: [{ text: 'old' }] })
  })

  it('does not apply again what a page that ran ahead has told', () => {
    replica.keepMessages(
      [message('old', { seq: 5, reply_count: 2, last_reply_at: t(12), repliers: ['li'] })],
      [],
    )
    post('r1', { thread: 'old' })
    post('r2', { thread: 'old' })
    expect(replica.messages.get('old')?.reply_count).toBe(2)
    post('r3', { thread: 'old' })
    expect(replica.messages.get('old')?.reply_count).toBe(3)
  })
})

describe('projects and tasks', () => {
  it('changes a project but leaves its workflow', () => {
    apply({
      type: 'project_changed',
      project: { ...project, name: 'Platform', workflow: { states: [] } } as never,
    })
    expect(replica.projects.get('p1')).toMatchObject({ name: 'Platform' })
    expect(replica.projects.get('p1')?.workflow.states).toHaveLength(2)
    apply({ type: 'workflow_changed', project: 'p1', workflow: { states: [] } })
    expect(replica.projects.get('p1')?.workflow.states).toHaveLength(0)
  })

  it('applies changes of fields, with seq and time', () => {
    apply({ type: 'task_created', task: task('1') })
    const at = apply({
      type: 'task_changed',
      task: '1',
      changes: [
        { field: 'title', from: '1', to: 'Ship it' },
        { field: 'state', from: 'todo', to: 'done' },
        { field: 'assignees', from: [], to: [ME] },
        { field: 'due', from: null, to: '2026-02-01' },
      ],
    })
    expect(replica.tasks.get('1')).toMatchObject({
      title: 'Ship it',
      state: 'done',
      assignees: [ME],
      due: '2026-02-01',
      closed_at: t(at),
      updated_at: t(at),
      seq: at,
    })
    apply({
      type: 'task_changed',
      task: '1',
      changes: [{ field: 'state', from: 'done', to: 'todo' }],
    })
    expect(replica.tasks.get('1')?.closed_at).toBeNull()
  })

  it('does not go back when a fetched task is newer than an entry', () => {
    replica.keepTasks([task('1', { title: 'newest', seq: 99 })], [])
    apply({
      type: 'task_changed',
      task: '1',
      changes: [{ field: 'title', from: '1', to: 'older' }],
    })
    expect(replica.tasks.get('1')?.title).toBe('newest')
    replica.keepTasks([task('1', { title: 'stale', seq: 50 })], [])
    expect(replica.tasks.get('1')?.title).toBe('newest')
  })

  it('counts the messages of its conversation', () => {
    apply({ type: 'task_created', task: task('1') })
    const at = post('m', { channel: undefined, task: '1' })
    expect(replica.tasks.get('1')).toMatchObject({ message_count: 1, seq: at - 1 })
    apply({ type: 'message_deleted', message: 'm', task: '1', message_seq: at, author: 'li' })
    expect(replica.tasks.get('1')?.message_count).toBe(0)
  })

  it('marks a deleted task and purges a lost project', () => {
    apply({ type: 'task_created', task: task('1') })
    apply({ type: 'task_created', task: task('2') })
    apply({ type: 'task_deleted', task: '1' })
    expect(replica.tasks.get('1')?.deleted).toBe(true)
    openWindow('task:2')
    post('m', { channel: undefined, task: '2' })
    apply({ type: 'project_lost', project: 'p1' })
    expect(now().projects).toEqual([])
    expect([replica.tasks.size, replica.messages.size, replica.windows.size]).toEqual([0, 0, 0])
  })

  it('keeps what is archived out of lists, and shows what is restored at once', () => {
    apply({ type: 'task_created', task: task('1') })
    apply({ type: 'task_archived', task: '1' })
    expect(replica.tasks.get('1')?.archived).toBe(true)
    // One that was opened by its link stays when the list is fetched anew.
    replica.setTaskList('p1', 'ready', new Set())
    expect(replica.tasks.has('1')).toBe(true)
    apply({ type: 'task_restored', task: { ...task('1'), title: 'back' } })
    expect(replica.tasks.get('1')).toMatchObject({ title: 'back' })
    expect(replica.tasks.get('1')?.archived).toBeFalsy()
    // This one was never here: its event brings it.
    apply({ type: 'task_restored', task: task('9') })
    expect(replica.tasks.get('9')?.seq).toBe(replica.seq)
  })

  it('keeps nothing of an erased task, nor of its conversation', () => {
    apply({ type: 'task_created', task: task('1') })
    openWindow('task:1')
    post('m', { channel: undefined, task: '1' })
    apply({ type: 'task_deleted', task: '1' })
    apply({ type: 'task_erased', task: '1', whole: true })
    expect([replica.tasks.size, replica.messages.size]).toEqual([0, 0])
  })

  it('gains a project and asks again for keys that were unknown', () => {
    replica.setUnknownKey('OPS-1')
    apply({ type: 'project_gained', project: { ...project, id: 'p2', key: 'OPS' } as never })
    expect(replica.projects.has('p2')).toBe(true)
    expect(replica.taskKeys.has('OPS-1')).toBe(false)
  })
})

it('shows the previews of links as they are told, and none of a deleted message', () => {
  openWindow('channel:c1')
  post('a')
  const previews = [{ url: 'https://a.example', site: 'a.example', title: 'A' }]
  apply({ type: 'previews_changed', message: 'a', previews })
  expect(replica.messages.get('a')?.previews).toEqual(previews)
  apply({ type: 'previews_changed', message: 'a', previews: [] })
  expect(replica.messages.get('a')).not.toHaveProperty('previews')
  apply({ type: 'previews_changed', message: 'a', previews })
  apply({ type: 'message_deleted', message: 'a', channel: 'c1', author: 'm2', message_seq: 1 })
  expect(replica.messages.get('a')).not.toHaveProperty('previews')
})

it('says what changed, and only that', () => {
  openWindow('channel:c1')
  post('a')
  touched.clear()
  apply({ type: 'reaction_added', message: 'a', emoji: '👍' })
  expect([...touched].sort()).toEqual(['message:a', 'window:channel:c1'])
})

it('starts anew from a snapshot, and marks what may have missed entries', () => {
  openWindow('channel:c1')
  post('a')
  replica.load({ ...snapshot(), seq: 500 })
  expect(replica.seq).toBe(500)
  expect(replica.windows.get('channel:c1')?.stale).toBe(true)
  expect(now()).toEqual({ ...snapshot(), seq: 500 })
  seq = 500
  post('b')
  expect(replica.windows.get('channel:c1')?.ids).toEqual(['a'])
})

describe('what a channel keeps at hand', () => {
  const said = { id: 'm1', channel: 'c1', author: 'li', at: t(1), text: 'plan', seq: 5 }
  const pin = { by: 'li', at: t(2) }
  const link = (id: string, rank: string) => ({
    id,
    channel: 'c1',
    title: id,
    url: 'https://x.example',
    rank,
    created_by: 'li',
    created_at: t(1),
  })

  it('follows pins once they were asked for', () => {
    replica.keepMessages([said as Message], [])
    apply({ type: 'message_pinned', message: 'm1', channel: 'c1', pin })
    expect(replica.messages.get('m1')?.pin).toEqual(pin)
    expect(replica.pins.has('c1')).toBe(false)
    replica.setPins('c1', [{ ...said, id: 'm0' } as Message])
    apply({ type: 'message_pinned', message: 'm1', channel: 'c1', pin })
    expect(replica.pins.get('c1')?.map(({ id }) => id)).toEqual(['m1', 'm0'])
    const edit = { channel: 'c1', message_seq: 5, text: 'later', at: t(20) }
    apply({ type: 'message_edited', message: 'm0', ...edit })
    expect(replica.pins.get('c1')?.[1]?.text).toBe('later')
    apply({ type: 'message_unpinned', message: 'm1', channel: 'c1' })
    expect(replica.messages.get('m1')?.pin).toBeUndefined()
    apply({ type: 'message_deleted', message: 'm0', channel: 'c1', message_seq: 5, author: 'li' })
    expect(replica.pins.get('c1')).toEqual([])
  })

  it('forgets the list when a message is pinned that is not here', () => {
    replica.setPins('c1', [])
    apply({ type: 'message_pinned', message: 'unknown', channel: 'c1', pin })
    expect(replica.pins.has('c1')).toBe(false)
    expect(touched).toContain('pins:c1')
  })

  it('keeps bookmarks in their order, and drops them with the channel', () => {
    apply({ type: 'bookmark_added', bookmark: link('b0', 'V') })
    expect(replica.bookmarks.has('c1')).toBe(false)
    replica.setBookmarks('c1', [link('b0', 'V')])
    apply({ type: 'bookmark_added', bookmark: link('b1', 'VV') })
    apply({ type: 'bookmark_changed', bookmark: link('b1', 'N') })
    expect(replica.bookmarks.get('c1')?.map(({ id }) => id)).toEqual(['b1', 'b0'])
    apply({ type: 'bookmark_removed', channel: 'c1', bookmark: 'b0' })
    expect(replica.bookmarks.get('c1')?.map(({ id }) => id)).toEqual(['b1'])
    apply({ type: 'channel_lost', channel: 'c1' })
    expect(replica.bookmarks.has('c1')).toBe(false)
  })
})
