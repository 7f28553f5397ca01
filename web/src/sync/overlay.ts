// Optimism: what pending commands will have done, laid over the confirmed replica. Computed anew
// whenever either moves, so rolling back is leaving a command out. Every effect is idempotent: a
// command whose entry came before its `done` changes nothing twice.

import type {
  Bookmark,
  Channel,
  ChannelSetting,
  ChecklistItem,
  CommandOf,
  Context,
  Feed,
  Group,
  Link,
  Member,
  Membership,
  Message,
  NewPoll,
  Notification,
  Poll,
  Preferences,
  Project,
  Saved,
  SideBar,
  Space,
  Task,
} from '../protocol'
import { updatedBookmark, withBookmark, withoutBookmark } from './bookmark'
import { withChangedItem, withItem, withNewItems } from './checklist'
import { emptied } from './erasure'
import { withValues } from './field'
import { knownFile } from './file'
import { withMembers } from './group'
import { inverseOf, withLink, withoutLink } from './link'
import {
  acknowledged,
  mentionedIn,
  pollClosed,
  quoteOf,
  reacted,
  reminded,
  reopened,
  replied,
  unasked,
  unpinned,
  unreacted,
  withOption,
  withPreviews,
} from './message'
import { excerptOf, patched } from './notification'
import type { Pending } from './outbox'
import type { Local } from './pending'
import { byRank, rankBetween } from './rank'
import type { Replica } from './replica'
import { sideBarAfter } from './side_bar'
import { isClosed, isInUse } from './task'
import { homesOf } from './topic'

/** Seqs of unconfirmed messages begin here, beyond every confirmed one. */
export const LOCAL_SEQ = 2 ** 52

/** What is laid over, by topic (`message:ID`); null hides. `appended:WINDOW` lists new ids. */
export type Overlay = ReadonlyMap<string, unknown>

type WithLocal<T> = T & { local?: Local }

/** Lays every pending command over the replica, in order. */
export function overlayOf(replica: Replica, pending: readonly Pending[]): Overlay {
  const layer = new Layer(replica)
  for (const each of pending) layer.lay(each)
  return layer.over
}

class Layer {
  readonly over = new Map<string, unknown>()
  private posted = 0
  private readonly replica: Replica

  constructor(replica: Replica) {
    this.replica = replica
  }

  // Table: one line per command that shows at once. The others wait for their entries.
  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one line per command
  lay(pending: Pending): void {
    const { command } = pending
    const local = localOf(pending)
    // A refused command is rolled back; only words are kept in sight.
    if (pending.state === 'failed' && !keepsWords(command.type)) return
    switch (command.type) {
      case 'post_message':
        return this.postMessage(command, pending, local)
      case 'edit_message':
        return this.changeMessage(command.message, local, (message) => ({
          ...message,
          text: command.text,
          edited_at: message.text === command.text ? message.edited_at : pending.at,
        }))
      case 'delete_message':
        return this.changeMessage(command.message, undefined, emptied)
      case 'add_reaction':
        return this.changeMessage(command.message, undefined, (message) =>
          reacted(message, command.emoji, this.replica.me),
        )
      case 'remove_reaction':
        return this.changeMessage(command.message, undefined, (message) =>
          unreacted(message, command.emoji, this.replica.me),
        )
      case 'remove_preview':
        return this.changeMessage(command.message, undefined, (message) =>
          withPreviews(
            message,
            (message.previews ?? []).filter(({ url }) => url !== command.url),
          ),
        )
      case 'pin_message':
        return this.pin(command.message, pending)
      case 'unpin_message':
        return this.unpin(command.message)
      case 'resolve_thread':
        return this.changeMessage(command.message, undefined, (message) => ({
          ...message,
          resolved: message.resolved ?? { by: this.replica.me, at: pending.at },
        }))
      case 'reopen_thread':
        return this.changeMessage(command.message, undefined, reopened)
      case 'acknowledge_message':
        return this.changeMessage(command.message, undefined, (message) =>
          acknowledged(message, this.replica.me, pending.at),
        )
      case 'withdraw_acknowledgement':
        return this.changeMessage(command.message, undefined, unasked)
      case 'remind_of_acknowledgement':
        return this.changeMessage(command.message, undefined, (message) =>
          reminded(message, pending.at),
        )
      case 'add_poll_option':
        return this.changeMessage(command.message, undefined, (message) =>
          this.added(message, command),
        )
      case 'close_poll':
        return this.changeMessage(command.message, undefined, (message) =>
          pollClosed(message, { at: pending.at, by: this.replica.me }),
        )
      case 'add_bookmark':
        return this.changeBookmarks(command.channel, (list) =>
          list.some(({ id }) => id === command.id)
            ? list
            : withBookmark(list, this.newBookmark(command, pending)),
        )
      case 'update_bookmark':
        return this.changeBookmarks(command.channel, (list) => updatedBookmark(list, command))
      case 'remove_bookmark':
        return this.changeBookmarks(command.channel, (list) =>
          withoutBookmark(list, command.bookmark),
        )
      case 'mark_read':
        return this.markRead(command)
      case 'mark_all_read':
        return this.markAllRead(command)
      case 'update_member':
        return this.change<Member>(`member:${command.member}`, this.replica.members, patch(command))
      case 'change_group_members':
        return this.change<Group>(`group:${command.group}`, this.replica.groups, (group) =>
          withMembers(group, command.add, command.remove),
        )
      case 'update_space':
        return this.change<Space>(`space:${command.space}`, this.replica.spaces.all, patch(command))
      case 'create_channel':
        return this.createChannel(command, pending)
      case 'update_channel':
        return this.change<Channel>(
          `channel:${command.channel}`,
          this.replica.channels,
          patch(command),
        )
      case 'change_channel_role':
        return this.changeChannelRole(command)
      case 'remove_channel_member':
        if (command.member === this.replica.me) this.set(`membership:${command.channel}`, null)
        return
      case 'update_project':
        return this.change<Project>(
          `project:${command.project}`,
          this.replica.projects,
          patch(command),
        )
      case 'change_workflow':
        return this.change<Project>(
          `project:${command.project}`,
          this.replica.projects,
          (project) => ({ ...project, workflow: { states: command.states } }),
        )
      case 'change_types':
        return this.change<Project>(
          `project:${command.project}`,
          this.replica.projects,
          (project) => ({ ...project, types: command.types }),
        )
      case 'change_fields':
        return this.change<Project>(
          `project:${command.project}`,
          this.replica.projects,
          (project) => ({ ...project, fields: command.fields }),
        )
      case 'change_templates':
        return this.change<Project>(
          `project:${command.project}`,
          this.replica.projects,
          (project) => ({
            ...project,
            templates: command.templates.map(({ id, name }) => ({ id, name })),
          }),
        )
      case 'create_task':
        return this.createTask(command, pending, local)
      case 'update_task':
        return this.changeTask(command.task, local, (task) => this.updated(task, command))
      case 'move_task':
        return this.changeTask(command.task, local, (task) => this.moved(task, command))
      case 'add_checklist_items':
        return this.changeChecklist(command.task, local, (items) =>
          withNewItems(items, command.items),
        )
      case 'update_checklist_item':
        return this.changeChecklist(command.task, local, (items) => withChangedItem(items, command))
      case 'remove_checklist_item':
      case 'make_subtask':
        return this.changeChecklist(command.task, local, (items) =>
          withItem(items, command.item, null),
        )
      case 'link_tasks':
        return this.linkTasks(command, local)
      case 'unlink_tasks': {
        const { task, kind, other } = command
        this.changeLinks(task, local, (links) => withoutLink(links, { kind, task: other }))
        const back = { kind: inverseOf(kind), task }
        return this.changeLinks(other, undefined, (links) => withoutLink(links, back))
      }
      case 'archive_task':
        return this.changeTask(command.task, local, (task) => ({ ...task, archived: true }))
      case 'restore_task':
        return this.changeTask(command.task, local, (task) => ({
          ...task,
          // Out of the trash it is archived again, if it was.
          archived: Boolean(task.deleted && task.archived),
          deleted: false,
        }))
      case 'delete_task':
        return this.changeTask(command.task, local, (task) => ({ ...task, deleted: true }))
      case 'follow_task':
        return this.changeTask(command.task, undefined, (task) => {
          const others = (task.followers ?? []).filter((member) => member !== this.replica.me)
          return { ...task, followers: command.follow ? [...others, this.replica.me] : others }
        })
      case 'add_feed':
        return this.changeFeeds(command.channel, (feeds) =>
          feeds.some((feed) => feed.project === command.project)
            ? feeds
            : [
                ...feeds,
                {
                  channel: command.channel,
                  project: command.project,
                  created_by: this.replica.me,
                  created_at: pending.at,
                },
              ],
        )
      case 'remove_feed':
        return this.changeFeeds(command.channel, (feeds) =>
          feeds.filter((feed) => feed.project !== command.project),
        )
      case 'update_notifications':
        return this.updateNotifications(command)
      case 'save_message':
        return this.saveMessage(command, pending)
      case 'unsave_message':
        return this.set(`saved:${command.message}`, null)
      case 'change_preferences':
        return this.set('preferences:mine', command.preferences satisfies Preferences)
      case 'change_channel_setting': {
        const { channel, level, muted } = command
        return this.set(`setting:${channel}`, { channel, level, muted } satisfies ChannelSetting)
      }
      case 'add_section':
      case 'update_section':
      case 'remove_section':
      case 'place_row':
      case 'fold_space': {
        const before = (this.over.get('side_bar:mine') as SideBar) ?? this.replica.sideBar
        return this.set('side_bar:mine', sideBarAfter(before, command))
      }
      default:
        return
    }
  }

  private set(topic: string, value: unknown): void {
    this.over.set(topic, value)
  }

  private get<T>(topic: string, confirmed: ReadonlyMap<string, T>): T | undefined {
    if (this.over.has(topic)) return (this.over.get(topic) as T | null) ?? undefined
    return confirmed.get(topic.slice(topic.indexOf(':') + 1))
  }

  private change<T>(
    topic: string,
    confirmed: ReadonlyMap<string, T>,
    change: (value: T) => T,
  ): void {
    const value = this.get(topic, confirmed)
    if (value !== undefined) this.set(topic, change(value))
  }

  private changeMessage(
    id: string,
    local: Local | undefined,
    change: (message: Message) => Message,
  ): void {
    this.change<WithLocal<Message>>(`message:${id}`, this.replica.messages, (message) => ({
      ...change(message),
      local: local ?? message.local,
    }))
  }

  private changeTask(id: string, local: Local | undefined, change: (task: Task) => Task): void {
    this.change<WithLocal<Task>>(`task:${id}`, this.replica.tasks, (task) => ({
      ...change(task),
      local: local ?? task.local,
    }))
  }

  private linkTasks(command: CommandOf<'link_tasks'>, local: Local | undefined): void {
    const { task: id, kind, other, lag_days, close } = command
    this.changeLinks(id, local, (links) => withLink(links, { kind, task: other, lag_days }))
    const back = { kind: inverseOf(kind), task: id, lag_days }
    this.changeLinks(other, undefined, (links) => withLink(links, back))
    if (!close || kind !== 'duplicates') return
    this.changeTask(id, local, (task) => {
      const states = this.replica.projects.get(task.project)?.workflow.states ?? []
      const end = (category: string) => states.find((state) => state.category === category)
      const state = (end('cancelled') ?? end('done'))?.id
      return task.closed_at || !state ? task : this.closedOrNot({ ...task, state })
    })
  }

  private changeLinks(
    id: string,
    local: Local | undefined,
    change: (links: readonly Link[]) => readonly Link[],
  ): void {
    this.changeTask(id, local, (task) => ({ ...task, links: [...change(task.links ?? [])] }))
  }

  private changeChecklist(
    id: string,
    local: Local | undefined,
    change: (items: readonly ChecklistItem[]) => readonly ChecklistItem[],
  ): void {
    this.changeTask(id, local, (task) => ({
      ...task,
      checklist: [...change(task.checklist ?? [])],
    }))
  }

  private saveMessage({ message: id, remind_at }: CommandOf<'save_message'>, { at }: Pending) {
    const topic = `saved:${id}`
    const known = this.get<Saved>(topic, this.replica.saved)
    const message = this.replica.messages.get(id)
    if (known) return this.set(topic, { ...known, remind_at })
    if (!message) return
    const { author, channel, thread, task, text } = message
    const saved: Saved = {
      message: id,
      author,
      channel,
      thread,
      task,
      key: task ? this.replica.tasks.get(task)?.key : undefined,
      excerpt: excerptOf(text),
      saved_at: at,
      remind_at,
    }
    this.set(topic, saved)
  }

  private updateNotifications(command: CommandOf<'update_notifications'>): void {
    for (const id of command.notifications) {
      const topic = `notification:${id}`
      const known = this.get<Notification>(topic, this.replica.notifications)
      const { finished } = this.replica
      const before = known ?? (command.done === false ? finished.get(id) : undefined)
      if (!before) continue
      this.set(topic, command.done ? null : patched(before, command))
    }
  }

  private changeFeeds(channel: string, change: (feeds: readonly Feed[]) => readonly Feed[]): void {
    this.set(`feeds:${channel}`, change(this.get(`feeds:${channel}`, this.replica.feeds) ?? []))
  }

  private pin(id: string, { at }: Pending): void {
    const message = this.get<Message>(`message:${id}`, this.replica.messages)
    if (!message?.channel || message.pin) return
    const pinned = { ...message, pin: { by: this.replica.me, at } }
    this.changeMessage(id, undefined, () => pinned)
    this.change<readonly Message[]>(`pins:${message.channel}`, this.replica.pins, (pins) => [
      pinned,
      ...pins,
    ])
  }

  private unpin(id: string): void {
    this.changeMessage(id, undefined, unpinned)
    for (const channel of this.replica.pins.keys()) {
      this.change<readonly Message[]>(`pins:${channel}`, this.replica.pins, (pins) =>
        pins.filter((pin) => pin.id !== id),
      )
    }
  }

  private changeChannelRole({ channel, member, role }: CommandOf<'change_channel_role'>): void {
    this.change<Channel>(`channel:${channel}`, this.replica.channels, (known) => {
      const others = (known.managers ?? []).filter((id) => id !== member)
      const isNew = role === 'manager' && member !== known.created_by
      return { ...known, managers: isNew ? [...others, member].sort() : others }
    })
  }

  private changeBookmarks(
    channel: string,
    change: (list: readonly Bookmark[]) => readonly Bookmark[],
  ): void {
    this.change<readonly Bookmark[]>(`bookmarks:${channel}`, this.replica.bookmarks, change)
  }

  private newBookmark(command: CommandOf<'add_bookmark'>, { at }: Pending): Bookmark {
    const { id = '', channel, url, title } = command
    return {
      id,
      channel,
      url,
      title: title || url.replace(/^\w+:\/\//, ''),
      // Behind every rank of the server's until it has given the real one.
      rank: '~',
      created_by: this.replica.me,
      created_at: at,
    }
  }

  private postMessage(
    command: CommandOf<'post_message'>,
    { at, landed }: Pending,
    local: Local | undefined,
  ): void {
    const id = command.id ?? ''
    if (landed || this.replica.messages.has(id)) return
    this.posted += 1
    const message: WithLocal<Message> = {
      id,
      seq: LOCAL_SEQ + this.posted,
      channel: command.channel,
      task: command.task,
      thread: command.thread,
      in_channel: command.in_channel,
      author: this.replica.me,
      at,
      text: command.text ?? '',
      files: command.files?.map(knownFile),
      quote: this.quoted(command),
      poll: command.poll && asked(command.poll),
      local,
    }
    this.set(`message:${id}`, message)
    for (const home of homesOf(message)) {
      const topic = `appended:${home}`
      this.set(topic, [...((this.over.get(topic) as string[] | undefined) ?? []), id])
    }
    if (local?.state === 'failed') return
    if (command.thread) {
      const entry = { at, actor: this.replica.me }
      this.changeMessage(command.thread, undefined, (root) => replied(root, entry, { message }))
    }
    if (command.channel && (!command.thread || command.in_channel)) {
      this.change<Membership>(
        `membership:${command.channel}`,
        this.replica.memberships,
        (membership) => ({ ...membership, unread: 0, mentions: 0 }),
      )
    }
  }

  private added(message: Message, { text }: CommandOf<'add_poll_option'>): Message {
    const options = message.poll?.options ?? []
    if (options.some((option) => option.text === text)) return message
    return withOption(message, {
      place: options.length,
      option: { text, added_by: this.replica.me },
    })
  }

  private quoted({ quote, channel }: CommandOf<'post_message'>): Context | undefined {
    const message = quote ? this.get<Message>(`message:${quote}`, this.replica.messages) : undefined
    return message && quoteOf(message, channel)
  }

  private markRead({ channel, seq }: Omit<CommandOf<'mark_read'>, 'type'>): void {
    this.change<Membership>(`membership:${channel}`, this.replica.memberships, (membership) => {
      if (membership.read === seq) return membership
      if (seq >= membership.last) return { ...membership, read: seq, unread: 0, mentions: 0 }
      return { ...membership, read: seq, ...this.countAfter(channel, seq, membership) }
    })
  }

  private markAllRead({ seq, channels }: CommandOf<'mark_all_read'>): void {
    for (const { channel, read } of this.replica.memberships.values()) {
      if (read < seq && (channels?.includes(channel) ?? true)) this.markRead({ channel, seq })
    }
  }

  /** Counts what is loaded; exact if the window reaches from `seq` to the head. */
  private countAfter(channel: string, seq: number, known: Membership) {
    const window = this.replica.windows.get(`channel:${channel}`)
    const messages = (window?.ids ?? [])
      .map((id) => this.replica.messages.get(id))
      .filter((message) => message !== undefined)
    const first = messages[0]
    const reaches = window && !window.hasNewer && (!window.hasOlder || (first && first.seq <= seq))
    if (!reaches) return { unread: known.unread, mentions: known.mentions }
    const { me } = this.replica
    const later = messages.filter(
      (message) => message.seq > seq && message.author !== me && !message.deleted && !message.card,
    )
    const mentions = later.filter(
      (message) => message.mentions_channel || mentionedIn(message).includes(me),
    )
    return { unread: later.length, mentions: mentions.length }
  }

  private createChannel(command: CommandOf<'create_channel'>, { at }: Pending): void {
    const id = command.id ?? ''
    if (this.replica.channels.has(id)) return
    const channel: Channel = {
      id,
      kind: command.kind,
      name: command.name,
      topic: command.topic,
      project: command.project,
      space: command.space,
      created_by: this.replica.me,
      created_at: at,
    }
    this.set(`channel:${id}`, channel)
    const membership = { channel: id, since: 0, read: 0, unread: 0, mentions: 0, last: 0 }
    this.set(`membership:${id}`, membership satisfies Membership)
  }

  private createTask(
    command: CommandOf<'create_task'>,
    { at }: Pending,
    local: Local | undefined,
  ): void {
    const id = command.id ?? ''
    const project = this.replica.projects.get(command.project)
    if (!project || this.replica.tasks.has(id)) return
    const { states } = project.workflow
    const first = states.find((state) => state.category === 'todo') ?? states[0]
    const { type, template, task_type, state, priority, title, fields, ...given } = command
    const task: WithLocal<Task> = {
      ...(defined(given) as Partial<Task>),
      id,
      project: project.id,
      title: title ?? '',
      fields: withValues(undefined, fields ?? {}),
      key: `${project.key}-…`,
      number: Number.MAX_SAFE_INTEGER,
      type: task_type ?? project.types?.[0]?.id ?? 'task',
      state: state ?? first?.id ?? '',
      priority: priority ?? 'none',
      rank: '~',
      created_by: this.replica.me,
      created_at: at,
      updated_at: at,
      message_count: 0,
      seq: 0,
      local,
    }
    this.set(`task:${id}`, task)
  }

  private updated(task: Task, command: CommandOf<'update_task'>): Task {
    const { type, task: id, description_from, task_type, fields: values, ...fields } = command
    const changed = { ...task, ...defined({ ...fields, type: task_type }) } as Task
    if (values) changed.fields = withValues(task.fields, values)
    return changed.state === task.state ? changed : this.closedOrNot(changed)
  }

  private closedOrNot(task: Task): Task {
    const closed = isClosed(this.replica.categoryOf(task.project, task.state))
    return { ...task, closed_at: closed ? (task.closed_at ?? new Date().toISOString()) : null }
  }

  private moved(task: Task, command: CommandOf<'move_task'>): Task {
    const state = command.state ?? task.state
    const rank = this.rankFor(task, state, command)
    const changed = { ...task, state, rank }
    return state === task.state ? changed : this.closedOrNot(changed)
  }

  private rankFor(task: Task, state: string, command: CommandOf<'move_task'>): string {
    const find = (id: string | null | undefined) =>
      id ? this.get<Task>(`task:${id}`, this.replica.tasks) : undefined
    const column = this.column(task, state)
    const anchor = find(command.after) ?? find(command.before)
    if (!anchor) return rankBetween(column.at(-1)?.rank, undefined)
    const at = column.findIndex((other) => other.id === anchor.id)
    const [low, high] = command.after
      ? [anchor, column[at + 1]]
      : [at > 0 ? column[at - 1] : undefined, anchor]
    // Already between the two: its entry came before its `done`.
    if ((!low || low.rank < task.rank) && (!high || task.rank < high.rank)) return task.rank
    if (low && high && low.rank >= high.rank) return low.rank
    return rankBetween(low?.rank, high?.rank)
  }

  private column(task: Task, state: string): Task[] {
    const tasks: Task[] = []
    for (const id of this.replica.tasks.keys()) {
      const other = this.get<Task>(`task:${id}`, this.replica.tasks)
      const isIn = other && other.project === task.project && other.state === state
      if (isIn && other.id !== task.id && isInUse(other)) tasks.push(other)
    }
    return tasks.sort(byRank)
  }
}

/** Whether a refused command stays in sight with its words. */
export function keepsWords(type: string): boolean {
  return type === 'post_message' || type === 'edit_message'
}

function localOf(pending: Pending): Local | undefined {
  const { state, requestId, error, heldUntil } = pending
  if (state === 'done') return undefined
  if (heldUntil) return { state: 'sending', requestId, isHeld: true }
  return state === 'failed' ? { state, requestId, error } : { state: 'sending', requestId }
}

/** A poll as it will begin. */
function asked({ options, ...rest }: NewPoll): Poll {
  return { ...rest, options: options.map((text) => ({ text: text.trim() })) }
}

/** Sets every field of a command that is present, but for the id that it is about. */
function patch<T extends { id: string }>(command: object): (value: T) => T {
  return (value) => {
    const fields = defined(command as Record<string, unknown>)
    for (const key of ['type', 'member', 'channel']) {
      if (fields[key] === value.id || key === 'type') delete fields[key]
    }
    if (fields.project === value.id) delete fields.project
    return { ...value, ...fields }
  }
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
