// What components see: the replica with the overlay of pending commands on it, lists in order,
// and who listens to what. Every answer is the same object until something in it changes.

import { language, t } from '../i18n'
import type {
  Bookmark,
  Channel,
  ChannelSetting,
  Emoji,
  Feed,
  Group,
  Member,
  Membership,
  Message,
  Notification,
  Policy,
  Preferences,
  Project,
  Saved,
  Scheduled,
  SideBar,
  Space,
  Task,
  Workspace,
} from '../protocol'
import type { Outbox } from './outbox'
import { type Overlay, overlayOf } from './overlay'
import type { Local, PendingCommand } from './pending'
import { policyOf } from './policy'
import { byRank } from './rank'
import { Replica } from './replica'
import { isInUse } from './task'
import { compareTimes } from './time'
import { channelTopics, membershipTopics, messageTopics, taskTopics } from './topic'
import type { PageStatus, WindowView } from './window'

type WithLocal<T> = T & { local?: Local }
export type TasksView = { tasks: readonly WithLocal<Task>[]; status: PageStatus }

/** Between two calls of listeners while entries stream in, milliseconds: about one frame. */
const PACE_MS = 16

export class View {
  readonly replica: Replica
  private readonly outbox: Outbox
  private over: Overlay = new Map()
  private isStale = false
  private readonly kept = new Map<string, unknown>()
  private readonly listeners = new Map<string, Set<() => void>>()
  private readonly dirty = new Set<string>()
  private lastFlush = 0
  private isScheduled = false

  /** `confirmedChanged` is called for every change of the replica, often. */
  constructor(makeOutbox: (view: View) => Outbox, confirmedChanged: () => void) {
    this.replica = new Replica((topic) => {
      this.isStale = true
      this.touch(topic)
      confirmedChanged()
    })
    this.outbox = makeOutbox(this)
  }

  // --- listening

  /** Calls `listener` after the topic changed; at most once a frame. */
  subscribe(topic: string, listener: () => void): () => void {
    const set = this.listeners.get(topic) ?? new Set()
    this.listeners.set(topic, set.add(listener))
    return () => {
      set.delete(listener)
      if (set.size === 0) this.listeners.delete(topic)
    }
  }

  /** Whether anything on the screen shows it. */
  isWatched(topic: string): boolean {
    return this.listeners.has(topic)
  }

  /** Every topic on the screen. */
  watched(): string[] {
    return [...this.listeners.keys()]
  }

  /** Says that a topic changed; `*` is all of them. */
  touch(topic: string): void {
    if (topic === '*') this.kept.clear()
    else this.kept.delete(topic)
    this.dirty.add(topic)
    this.schedule()
  }

  /** The pending commands changed: what they lay over is computed anew, at once. */
  pendingChanged(): void {
    this.isStale = true
    this.touch('pending')
    this.touch('connection')
  }

  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    const wait = this.lastFlush + PACE_MS - performance.now()
    if (wait <= 0) queueMicrotask(() => this.flush())
    else setTimeout(() => this.flush(), wait)
  }

  /** Calls the listeners of everything that changed. */
  flush(): void {
    this.isScheduled = false
    this.refresh()
    this.lastFlush = performance.now()
    const topics = this.dirty.has('*') ? [...this.listeners.keys()] : [...this.dirty]
    this.dirty.clear()
    for (const topic of topics) {
      for (const listener of [...(this.listeners.get(topic) ?? [])]) listener()
    }
  }

  /** Brings the overlay up to date and touches what differs. */
  private refresh(): void {
    if (!this.isStale) return
    this.isStale = false
    const before = this.over
    const pending = this.outbox.pending()
    if (pending.length === 0 && before.size === 0) return
    const after = overlayOf(this.replica, pending) as Map<string, unknown>
    this.over = after
    for (const topic of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(topic), after.get(topic)]
      if (after.has(topic) && before.has(topic) && isSame(old, now)) after.set(topic, old)
      else for (const each of this.shownAs(topic, old, now)) this.touch(each)
    }
  }

  private shownAs(topic: string, old: unknown, now: unknown): string[] {
    const [kind = '', ...rest] = topic.split(':')
    const id = rest.join(':')
    const values = [old, now, this.confirmed(kind, id)].filter((value) => value != null)
    switch (kind) {
      case 'message':
        return values.flatMap((value) => messageTopics(value as Message))
      case 'task':
        return values.flatMap((value) => taskTopics(value as Task))
      case 'channel':
        return channelTopics({ id })
      case 'membership':
        return membershipTopics(id)
      case 'member':
        return [topic, 'members', 'me']
      case 'group':
        return ['groups']
      case 'space':
        return ['spaces']
      case 'project':
        return ['projects']
      case 'notification':
        return ['notifications']
      case 'preferences':
        return ['preferences']
      case 'side_bar':
        return ['side_bar']
      case 'saved':
        return ['saved']
      case 'setting':
        return [topic, 'settings']
      case 'appended':
        return [`window:${id}`]
      default:
        return [topic]
    }
  }

  private confirmed(kind: string, id: string): unknown {
    if (kind === 'message') return this.replica.messages.get(id)
    if (kind === 'task') return this.replica.tasks.get(id)
    return undefined
  }

  private read<T>(kind: string, id: string, confirmed: ReadonlyMap<string, T>): T | undefined {
    this.refresh()
    const topic = `${kind}:${id}`
    if (this.over.has(topic)) return (this.over.get(topic) as T | null) ?? undefined
    return confirmed.get(id)
  }

  private readAll<T>(kind: string, confirmed: ReadonlyMap<string, T>): T[] {
    this.refresh()
    const all = new Map<string, T>(confirmed)
    for (const [topic, value] of this.over) {
      if (!topic.startsWith(`${kind}:`)) continue
      const id = topic.slice(kind.length + 1)
      if (value === null) all.delete(id)
      else all.set(id, value as T)
    }
    return [...all.values()]
  }

  /** Computes once, until the topic is touched. */
  private keep<T>(topic: string, compute: () => T): T {
    this.refresh()
    if (!this.kept.has(topic)) this.kept.set(topic, compute())
    return this.kept.get(topic) as T
  }

  // --- people

  /** The reader. Throws before anything is loaded: only the signed-in frame may ask. */
  me(): Member {
    const me = this.member(this.replica.me)
    if (!me) throw new Error('nobody is signed in')
    return me
  }

  /** The rules of the workspace. */
  policy(): Policy {
    return policyOf(this.replica.workspace)
  }

  workspace(): Workspace {
    if (!this.replica.workspace) throw new Error('no workspace is loaded')
    return this.replica.workspace
  }

  member(id: string): Member | undefined {
    return this.read('member', id, this.replica.members)
  }

  members(): readonly Member[] {
    return this.keep('members', () => {
      const byName = new Intl.Collator(language()).compare
      return this.readAll('member', this.replica.members).sort((a, b) =>
        a.active === b.active ? byName(a.name, b.name) : a.active ? -1 : 1,
      )
    })
  }

  /** All groups, archived ones too, by name. */
  groups(): readonly Group[] {
    return this.keep('groups', () => {
      const byName = new Intl.Collator(language(), { numeric: true }).compare
      const all = this.readAll('group', this.replica.groups)
      return all.sort((a, b) => byName(a.name, b.name))
    })
  }

  /** All that the reader may see, archived ones too, by name. */
  spaces(): readonly Space[] {
    return this.keep('spaces', () => {
      const byName = new Intl.Collator(language(), { numeric: true }).compare
      const all = this.readAll('space', this.replica.spaces.all)
      return all.sort((a, b) => byName(a.name, b.name))
    })
  }

  roster(key: string): readonly string[] | undefined {
    return this.replica.rosters.get(key)
  }

  // --- channels

  channel(id: string): Channel | undefined {
    return this.read('channel', id, this.replica.channels)
  }

  channels(): readonly Channel[] {
    return this.keep('channels', () => {
      const byName = new Intl.Collator(language(), { numeric: true }).compare
      const all = this.readAll('channel', this.replica.channels)
      const names = new Map(all.map((channel) => [channel.id, this.channelName(channel)]))
      return all.sort((a, b) =>
        !a.archived === !b.archived
          ? byName(names.get(a.id) ?? '', names.get(b.id) ?? '')
          : a.archived
            ? 1
            : -1,
      )
    })
  }

  channelName(channel: Channel): string {
    if (channel.kind !== 'direct') return channel.name
    const { me } = this.replica
    const others = (channel.members ?? []).filter((member) => member !== me)
    const shown = others.length > 0 ? others : [me]
    const separator = language() === 'zh-CN' ? '、' : ', '
    return shown.map((id) => this.member(id)?.name ?? t('common.unknown_member')).join(separator)
  }

  membership(channel: string): Membership | undefined {
    return this.read('membership', channel, this.replica.memberships)
  }

  memberships(): readonly Membership[] {
    return this.keep('memberships', () => this.readAll('membership', this.replica.memberships))
  }

  feeds(channel: string): readonly Feed[] {
    return this.read('feeds', channel, this.replica.feeds) ?? NONE
  }

  /** Undefined until loaded; the newest pin first. */
  pins(channel: string): readonly Message[] | undefined {
    return this.read('pins', channel, this.replica.pins)
  }

  /** Undefined until loaded. */
  bookmarks(channel: string): readonly Bookmark[] | undefined {
    return this.read('bookmarks', channel, this.replica.bookmarks)
  }

  /** Custom emoji by id; undefined until somebody wanted them. */
  emoji(): ReadonlyMap<string, Emoji> | undefined {
    return this.replica.emoji
  }

  /** The direct channel between the reader and exactly these others. */
  directWith(others: readonly string[]): string | undefined {
    const wanted = [...new Set([...others, this.replica.me])].sort().join()
    for (const channel of this.replica.channels.values()) {
      if (channel.kind !== 'direct') continue
      if ([...(channel.members ?? [])].sort().join() === wanted) return channel.id
    }
    return undefined
  }

  // --- messages

  message(id: string): WithLocal<Message> | undefined {
    return this.read('message', id, this.replica.messages)
  }

  window(key: string): WindowView {
    return this.keep(`window:${key}`, () => {
      const window = this.replica.windows.get(key)
      const appended = (this.over.get(`appended:${key}`) as string[] | undefined) ?? []
      const ids = window?.hasNewer ? window.ids : [...(window?.ids ?? []), ...appended]
      const items = ids.map((id) => this.message(id)).filter((item) => item !== undefined)
      return {
        items,
        status: window?.status ?? 'loading',
        hasOlder: window?.hasOlder ?? false,
        hasNewer: window?.hasNewer ?? false,
      }
    })
  }

  // --- projects and tasks

  projects(): readonly Project[] {
    return this.keep('projects', () => {
      const byName = new Intl.Collator(language(), { numeric: true }).compare
      return this.readAll('project', this.replica.projects).sort((a, b) =>
        !a.archived === !b.archived ? byName(a.name, b.name) : a.archived ? 1 : -1,
      )
    })
  }

  project(keyOrId: string): Project | undefined {
    const byId = this.read('project', keyOrId, this.replica.projects)
    if (byId) return byId
    const key = keyOrId.toUpperCase()
    return this.projects().find((project) => project.key === key)
  }

  /** Undefined until known, null if there is none that one may see. */
  task(idOrKey: string): WithLocal<Task> | null | undefined {
    const byId = this.read('task', idOrKey, this.replica.tasks)
    if (byId) return byId
    const id = this.replica.taskKeys.get(idOrKey)
    if (id == null) return id
    return this.read('task', id, this.replica.tasks)
  }

  private tasksWhere(fits: (task: Task) => boolean): WithLocal<Task>[] {
    const all = this.readAll<WithLocal<Task>>('task', this.replica.tasks)
    return all.filter((task) => isInUse(task) && fits(task)).sort(byRank)
  }

  tasks(project: string): TasksView {
    return this.keep(`tasks:${project}`, () => ({
      tasks: this.tasksWhere((task) => task.project === project),
      status: this.replica.taskLists.get(project) ?? 'loading',
    }))
  }

  myTasks(): TasksView {
    return this.keep('tasks:mine', () => ({
      tasks: this.tasksWhere((task) => task.assignees?.includes(this.replica.me) ?? false),
      status: this.replica.taskLists.get('mine') ?? 'loading',
    }))
  }

  subtasks(parent: string): readonly WithLocal<Task>[] {
    return this.keep(`subtasks:${parent}`, () => this.tasksWhere((task) => task.parent === parent))
  }

  // --- inbox

  /** What is in the reader's inbox, snoozed ones too, newest first. */
  notifications(): readonly Notification[] {
    return this.keep('notifications', () =>
      this.readAll<Notification>('notification', this.replica.notifications).sort(
        (a, b) => (b.seq ?? 0) - (a.seq ?? 0),
      ),
    )
  }

  /** What the reader keeps for later: the next reminder first, then the newest. */
  saved(): readonly Saved[] {
    return this.keep('saved', () =>
      this.readAll<Saved>('saved', this.replica.saved).sort((a, b) => {
        if (a.remind_at && b.remind_at) return compareTimes(a.remind_at, b.remind_at)
        if (a.remind_at || b.remind_at) return a.remind_at ? -1 : 1
        return compareTimes(b.saved_at, a.saved_at)
      }),
    )
  }

  /** What the reader sends later: what was refused first, then the next. */
  scheduled(): readonly Scheduled[] {
    return this.keep('scheduled', () =>
      [...this.replica.scheduled.values()].sort((a, b) => {
        if (!a.refused !== !b.refused) return a.refused ? -1 : 1
        return compareTimes(a.at, b.at)
      }),
    )
  }

  savedMessage(message: string): Saved | undefined {
    return this.read('saved', message, this.replica.saved)
  }

  preferences(): Preferences {
    this.refresh()
    return (this.over.get('preferences:mine') as Preferences) ?? this.replica.preferences
  }

  channelSetting(channel: string): ChannelSetting | undefined {
    return this.read('setting', channel, this.replica.channelSettings)
  }

  channelSettings(): readonly ChannelSetting[] {
    return this.keep('settings', () => this.readAll('setting', this.replica.channelSettings))
  }

  sideBar(): SideBar {
    this.refresh()
    return (this.over.get('side_bar:mine') as SideBar) ?? this.replica.sideBar
  }

  // --- pending

  pending(): readonly PendingCommand[] {
    return this.keep('pending', () =>
      this.outbox
        .pending()
        .filter(({ state }) => state !== 'done')
        .map(({ state, requestId, error, command }) => ({
          state: state === 'failed' ? 'failed' : 'sending',
          requestId,
          error,
          command,
        })),
    )
  }
}

const NONE: readonly never[] = []

/** Deep equality of plain data. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => isSame(left[key], right[key]))
}
