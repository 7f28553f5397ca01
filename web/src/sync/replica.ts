// The confirmed state of this member: normalised maps, moved by `apply(entry)` and nothing else.
// Invariant: replica(snapshot n) + entries(n, m] == replica(snapshot m), the sync theorem.
// Knows no network, no disk and no optimism; says by topic what changed.

import type {
  Bookmark,
  Category,
  Channel,
  ChannelSetting,
  Emoji,
  Entry,
  Event,
  EventOf,
  Feed,
  Group,
  Member,
  Membership,
  Message,
  Notification,
  Preferences,
  Project,
  Saved,
  Scheduled,
  SideBar,
  Snapshot,
  Task,
  Workspace,
} from '../protocol'
import { bookmarksAfter, bookmarksOf } from './bookmark'
import { emojiAfter } from './emoji'
import { erasedIn, isGone, withoutGone } from './erasure'
import { groupsAfter } from './group'
import { moved, moveOf, reasonsOf } from './members'
import { membershipAfter } from './membership'
import { isTold, messageAfter } from './message'
import { inboxAfter, keepFinished } from './notification'
import { ruledAfter } from './policy'
import { savedAfter } from './saved'
import { idOf, scheduledAfter } from './scheduled'
import { snapshotOf, sortedBy } from './shape'
import { NO_SIDE_BAR, withoutRow } from './side_bar'
import { isNear, NO_SPACES, seesPublic, spacesAfter } from './space'
import { asideTopics, taskAfter, taskIdOf, taskIn } from './task'
import { channelTopics, homesOf, membershipTopics, messageTopics, taskTopics } from './topic'
import type { Hold, PageStatus, Window } from './window'

export class Replica {
  /** Complete up to here. */
  seq = 0
  workspace: Workspace | undefined
  /** Id of the reader. */
  me = ''
  readonly members = new Map<string, Member>()
  groups: ReadonlyMap<string, Group> = new Map()
  spaces = NO_SPACES
  readonly channels = new Map<string, Channel>()
  readonly memberships = new Map<string, Membership>()
  readonly projects = new Map<string, Project>()
  readonly feeds = new Map<string, readonly Feed[]>()
  /** Custom emoji by id, once they were asked for. */
  emoji: ReadonlyMap<string, Emoji> | undefined
  preferences: Preferences = { sound: true, browser: true }
  /** Of channels where the reader wants something special. */
  readonly channelSettings = new Map<string, ChannelSetting>()
  sideBar: SideBar = NO_SIDE_BAR
  /** In the inbox, by id. */
  notifications: ReadonlyMap<string, Notification> = new Map()
  /** What the reader keeps for later, by message. */
  saved: ReadonlyMap<string, Saved> = new Map()
  /** What the reader sends later, by message. */
  scheduled: ReadonlyMap<string, Scheduled> = new Map()
  /** Taken out of it lately on some device, so that undoing shows at once. */
  readonly finished = new Map<string, Notification>()
  readonly messages = new Map<string, Message>()
  readonly windows = new Map<string, Window>()
  readonly tasks = new Map<string, Task>()
  /** Ids by key; null where a look-up found nothing that one may see. */
  readonly taskKeys = new Map<string, string | null>()
  /** Projects whose tasks are all here, and `mine`. */
  readonly taskLists = new Map<string, PageStatus>()
  /** Who is in a channel or project, where it was asked for. */
  readonly rosters = new Map<string, readonly string[]>()
  /** Pinned messages of channels where they were asked for, the newest pin first. */
  readonly pins = new Map<string, readonly Message[]>()
  /** Of channels where they were asked for, in order. */
  readonly bookmarks = new Map<string, readonly Bookmark[]>()
  private readonly holds = new Set<Hold>()
  private readonly fetched = new Map<string, Message>()
  private readonly touch: (topic: string) => void

  constructor(touch: (topic: string) => void) {
    this.touch = touch
  }

  /** Begins anew from a snapshot. Windows and lists stay to be looked at, marked stale. */
  load(snapshot: Snapshot): void {
    for (const map of [this.members, this.channels, this.memberships, this.projects, this.feeds]) {
      map.clear()
    }
    this.workspace = snapshot.workspace
    this.me = snapshot.member.id
    for (const member of snapshot.members) this.members.set(member.id, member)
    this.groups = new Map(snapshot.groups.map((each) => [each.id, each]))
    const all = new Map(snapshot.spaces.map((each) => [each.id, each]))
    this.spaces = { all, own: new Set(snapshot.own_spaces) }
    for (const channel of snapshot.channels) this.channels.set(channel.id, channel)
    for (const each of snapshot.memberships) this.memberships.set(each.channel, each)
    for (const project of snapshot.projects) this.projects.set(project.id, project)
    for (const feed of snapshot.feeds) this.addFeed(feed)
    this.preferences = snapshot.preferences
    this.channelSettings.clear()
    for (const each of snapshot.channel_settings) this.channelSettings.set(each.channel, each)
    this.sideBar = snapshot.side_bar
    this.notifications = new Map(snapshot.notifications.map((each) => [each.id, each]))
    this.saved = new Map(snapshot.saved.map((each) => [each.message, each]))
    this.scheduled = new Map(snapshot.scheduled.map((each) => [idOf(each), each]))
    this.finished.clear()
    this.seq = snapshot.seq
    for (const window of this.windows.values()) window.stale = true
    this.emoji = undefined
    this.pins.clear()
    this.bookmarks.clear()
    this.taskLists.clear()
    this.taskKeys.clear()
    for (const task of this.tasks.values()) this.taskKeys.set(task.key, task.id)
    this.touch('*')
  }

  /** The state in the shape of a snapshot, sorted by id: for the disk, and to compare. */
  snapshot(): Snapshot | undefined {
    return snapshotOf(this)
  }

  /** Complete up to `seq`, without an entry that one may see. */
  advance(seq: number): void {
    if (seq > this.seq) this.seq = seq
  }

  /** Takes one entry; one that is known already changes nothing. */
  apply(entry: Entry): void {
    if (entry.seq <= this.seq) return
    this.seq = entry.seq
    for (const hold of this.holds) hold.entries.push(entry)
    this.applyEvent(entry, entry.event)
    this.followInbox(entry)
  }

  // Table: one line per event, as in the server's store.
  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one line per event
  private applyEvent(entry: Entry, event: Event): void {
    switch (event.type) {
      case 'workspace_created':
        return this.setWorkspace(event.workspace)
      case 'workspace_renamed':
      case 'readers_hidden':
      case 'mail_content_hidden':
      case 'emoji_restricted':
      case 'logo_changed':
      case 'policy_changed':
      case 'mail_domains_changed':
        return this.workspace && this.setWorkspace(ruledAfter(this.workspace, event))
      case 'emoji_added':
      case 'emoji_changed':
      case 'emoji_removed':
        return this.setEmoji(this.emoji && emojiAfter(this.emoji, entry))
      case 'everyone_signed_out':
        return // Whoever still hears of it stays.
      case 'member_added':
        return this.setMember(event.member)
      case 'member_changed':
        return this.changeMember(event.member.id, ({ role, active }) => ({
          ...event.member,
          role,
          active,
        }))
      case 'role_changed':
        return this.changeMember(event.member, (member) => ({ ...member, role: event.to }))
      case 'member_deactivated':
        return this.changeMember(event.member, (member) => ({ ...member, active: false }))
      case 'member_reactivated':
        return this.changeMember(event.member, (member) => ({ ...member, active: true }))
      case 'group_created':
      case 'group_changed':
      case 'group_members_changed':
      case 'group_deleted':
        return this.changeGroups(entry)
      case 'space_created':
      case 'space_changed':
      case 'space_lost':
        return this.changeSpaces(entry)
      case 'space_gained':
        return this.gainSpace(entry, event)
      case 'space_members_changed':
      case 'space_members_named':
      case 'group_followed':
      case 'channel_member_added':
      case 'channel_member_named':
      case 'project_member_added':
      case 'project_member_removed':
        return this.changeRoster(event)
      case 'channel_member_removed':
      case 'channel_members_changed':
        this.changeRoster(event)
        return this.changeAsking(event.channel, entry)
      case 'channel_created':
      case 'channel_changed':
        return this.setChannel(event.channel)
      case 'channel_hidden':
        return this.hideChannel(entry, event.channel)
      case 'channel_enclosed':
        if (isNear(this.spaces, this.channels.get(event.channel) ?? {})) return
        return this.hideChannel(entry, event.channel)
      case 'channel_gained':
        return this.gainChannel(event)
      case 'channel_lost':
        return this.loseChannel(event.channel)
      case 'project_gained':
        this.setProject(event.project)
        return this.staleTasks(event.project.id)
      case 'project_lost':
        return this.loseProject(event.project)
      case 'access_changed':
        // The client fetches a new snapshot.
        return
      case 'read_marked':
        return this.countIn(event.channel, entry)
      case 'all_read_marked':
        for (const { channel } of event.marks) this.countIn(channel, entry)
        return
      case 'message_posted':
        return this.post(entry, event)
      case 'message_edited':
        this.changeMessage(event.message, entry)
        return event.channel ? this.countIn(event.channel, entry) : undefined
      case 'message_deleted':
        return this.deleteMessage(entry, event)
      case 'messages_erased':
      case 'files_erased':
      case 'quotes_erased':
        this.countIn(event.channel, entry)
        return this.changeMessages(erasedIn(event), entry)
      case 'message_pinned':
        this.changeMessage(event.message, entry)
        return this.addPin(event.channel, event.message)
      case 'message_unpinned':
        this.changeMessage(event.message, entry)
        return this.removePin(event.channel, event.message)
      case 'bookmark_added':
      case 'bookmark_changed':
      case 'bookmark_removed':
        return this.changeBookmarks(entry)
      case 'thread_resolved':
      case 'thread_reopened':
        this.touch('threads')
        return this.changeMessage(event.message, entry)
      case 'reaction_added':
      case 'reaction_removed':
      case 'message_linked':
      case 'acknowledgement_requested':
      case 'acknowledgement_withdrawn':
      case 'message_acknowledged':
      case 'acknowledgement_reminded':
      case 'poll_option_added':
      case 'poll_counted':
      case 'poll_closed':
      case 'previews_changed':
      case 'card_changed':
        return this.changeMessage(event.message, entry)
      case 'project_created':
        return this.setProject(event.project)
      case 'project_changed': {
        const known = this.projects.get(event.project.id)
        return this.setProject({ ...event.project, ...(known && { workflow: known.workflow }) })
      }
      case 'project_enclosed':
        return this.encloseProject(entry, event.project)
      case 'workflow_changed':
        return this.changeProject(event.project, (it) => ({ ...it, workflow: event.workflow }))
      case 'types_changed':
        return this.changeProject(event.project, (project) => ({ ...project, types: event.types }))
      case 'fields_changed':
        return this.changeProject(event.project, (it) => ({ ...it, fields: event.fields }))
      case 'templates_changed':
        return this.changeProject(event.project, (it) => ({ ...it, templates: event.templates }))
      case 'task_created':
      case 'task_changed':
      case 'task_archived':
      case 'task_deleted':
      case 'task_restored':
      case 'task_erased':
        this.tell(asideTopics(entry))
        return this.changeTask(taskIdOf(event), entry)
      case 'feed_added':
        return this.memberships.has(event.feed.channel) ? this.addFeed(event.feed) : undefined
      case 'feed_removed':
        return this.removeFeed(event.channel, event.project)
      case 'preferences_changed':
        this.preferences = event.preferences
        return this.touch('preferences')
      case 'channel_setting_changed':
        return this.setChannelSetting(event.setting)
      case 'side_bar_changed':
        return this.setSideBar(event.side_bar)
      case 'notification_added':
      case 'notifications_changed':
      case 'notifications_restored':
      case 'kept_message_changed':
      case 'message_saved':
      case 'message_unsaved':
      case 'message_scheduled':
      case 'scheduled_removed':
        // The inbox follows every entry: see `followInbox`.
        return
      case 'thread_followed':
        this.touch('threads')
        return this.touch(`follows:${event.thread}`)
    }
  }

  // --- inbox

  private followInbox(entry: Entry): void {
    const saved = savedAfter(this.saved, entry)
    if (saved !== this.saved) {
      this.saved = saved
      this.touch('saved')
    }
    const scheduled = scheduledAfter(this.scheduled, entry)
    if (scheduled !== this.scheduled) {
      this.scheduled = scheduled
      this.touch('scheduled')
    }
    const before = this.notifications
    this.notifications = inboxAfter(before, entry)
    if (this.notifications === before) return
    keepFinished(this.finished, before, entry)
    this.touch('notifications')
  }

  private setChannelSetting(setting: ChannelSetting): void {
    if (setting.level || setting.muted) this.channelSettings.set(setting.channel, setting)
    else this.channelSettings.delete(setting.channel)
    this.touch(`setting:${setting.channel}`)
    this.touch('settings')
  }

  private setSideBar(sideBar: SideBar): void {
    if (sideBar === this.sideBar) return
    this.sideBar = sideBar
    this.touch('side_bar')
  }

  // --- workspace and people

  private setWorkspace(workspace: Workspace): void {
    this.workspace = workspace
    this.touch('workspace')
  }

  /** Undefined: they are asked for anew by who shows one. */
  setEmoji(emoji: ReadonlyMap<string, Emoji> | undefined): void {
    this.emoji = emoji
    this.touch('emoji')
  }

  private setMember(member: Member): void {
    this.members.set(member.id, member)
    this.touch('members')
    this.touch(`member:${member.id}`)
    if (member.id === this.me) this.touch('me')
    for (const channel of this.channels.values()) {
      if (channel.members?.includes(member.id)) this.tell(channelTopics(channel))
    }
  }

  private changeMember(id: string, change: (member: Member) => Member): void {
    const member = this.members.get(id)
    if (member) this.setMember(change(member))
  }

  private changeGroups(entry: Entry): void {
    this.groups = groupsAfter(this.groups, entry)
    this.touch('groups')
  }

  private changeRoster(event: Event): void {
    const reasons = reasonsOf(event)
    if (reasons) this.touch(`follows:${reasons}`)
    const move = moveOf(event)
    const roster = move && this.rosters.get(move.key)
    if (roster) this.setRoster(move.key, moved(roster, move))
  }

  setRoster(key: string, members: readonly string[]): void {
    this.rosters.set(key, members)
    this.touch(`roster:${key}`)
  }

  // --- spaces

  private changeSpaces(entry: Entry): void {
    this.spaces = spacesAfter(this.spaces, entry, this.isGuest())
    if (entry.event.type === 'space_lost') this.rosters.delete(`space:${entry.event.space}`)
    this.touch('spaces')
  }

  private gainSpace(entry: Entry, { channels, projects }: EventOf<'space_gained'>): void {
    this.changeSpaces(entry)
    for (const channel of channels ?? []) this.setChannel(channel)
    for (const project of projects ?? []) {
      this.setProject(project)
      this.staleTasks(project.id)
    }
  }

  private isGuest(): boolean {
    return this.members.get(this.me)?.role === 'guest'
  }

  // --- channels

  private setChannel(channel: Channel): void {
    this.channels.set(channel.id, channel)
    this.tell(channelTopics(channel))
  }

  private gainChannel({ channel, membership, feeds }: EventOf<'channel_gained'>): void {
    this.setChannel(channel)
    this.memberships.set(channel.id, membership)
    this.tell(membershipTopics(channel.id))
    this.feeds.delete(channel.id)
    for (const feed of feeds) this.addFeed(feed)
    this.clearShelf(channel.id)
    this.staleWindows((message) => message.channel === channel.id, `channel:${channel.id}`)
  }

  private loseChannel(id: string): void {
    const channel = this.channels.get(id)
    this.memberships.delete(id)
    this.feeds.delete(id)
    this.setChannelSetting({ channel: id })
    this.setSideBar(withoutRow(this.sideBar, { channel: id }))
    this.tell(membershipTopics(id))
    this.touch(`feeds:${id}`)
    this.clearShelf(id)
    this.rosters.delete(`channel:${id}`)
    this.touch(`roster:channel:${id}`)
    this.purgeMessages((message) => message.channel === id, `channel:${id}`)
    if (
      channel &&
      (channel.kind !== 'public' || !seesPublic(this.spaces, channel, this.isGuest()))
    ) {
      this.channels.delete(id)
      this.tell(channelTopics(channel))
    }
  }

  /** It is told to its members alone from now on: others forget it. */
  private hideChannel(entry: Entry, id: string): void {
    if (this.memberships.has(id)) return
    this.loseChannel(id)
    this.followInbox({ ...entry, event: { type: 'channel_lost', channel: id } })
    this.channels.delete(id)
    this.tell(channelTopics({ id }))
  }

  private countIn(channel: string, entry: Entry): void {
    const membership = this.memberships.get(channel)
    if (!membership) return
    const after = membershipAfter(membership, entry, this.me)
    if (after === membership) return
    this.memberships.set(channel, after)
    this.tell(membershipTopics(channel))
  }

  private addFeed(feed: Feed): void {
    const others = (this.feeds.get(feed.channel) ?? []).filter(
      (other) => other.project !== feed.project,
    )
    this.feeds.set(feed.channel, [...others, feed])
    this.touch(`feeds:${feed.channel}`)
  }

  private removeFeed(channel: string, project: string): void {
    const feeds = this.feeds.get(channel)
    if (!feeds) return
    const others = feeds.filter((feed) => feed.project !== project)
    if (others.length > 0) this.feeds.set(channel, others)
    else this.feeds.delete(channel)
    this.touch(`feeds:${channel}`)
  }

  // --- pins and bookmarks

  setPins(channel: string, messages: readonly Message[]): void {
    this.pins.set(channel, messages)
    this.touch(`pins:${channel}`)
  }

  /** A message that is not here: the list is forgotten, and asked for anew by who shows it. */
  private addPin(channel: string, id: string): void {
    const pins = this.pins.get(channel)
    if (!pins) return
    const message = this.messages.get(id)
    if (message) return this.setPins(channel, [message, ...pins.filter((pin) => pin.id !== id)])
    this.pins.delete(channel)
    this.touch(`pins:${channel}`)
  }

  private removePin(channel: string, id: string): void {
    const pins = this.pins.get(channel)
    const left = pins?.filter((pin) => pin.id !== id)
    if (left && left.length !== pins?.length) this.setPins(channel, left)
  }

  /** A pinned message changed, in a window or not. */
  private changePins(entry: Entry): void {
    for (const [channel, pins] of this.pins) {
      const after = pins.map((pin) => (isTold(pin, entry) ? pin : messageAfter(pin, entry)))
      const left = after.filter((pin) => !pin.deleted)
      if (after.some((pin, at) => pin !== pins[at])) this.setPins(channel, left)
    }
  }

  setBookmarks(channel: string, bookmarks: readonly Bookmark[]): void {
    this.bookmarks.set(channel, bookmarks)
    this.touch(`bookmarks:${channel}`)
  }

  private changeBookmarks(entry: Entry): void {
    const channel = bookmarksOf(entry) ?? ''
    const bookmarks = this.bookmarks.get(channel)
    if (bookmarks) this.setBookmarks(channel, bookmarksAfter(bookmarks, entry))
  }

  private clearShelf(channel: string): void {
    this.pins.delete(channel)
    this.bookmarks.delete(channel)
    this.touch(`pins:${channel}`)
    this.touch(`bookmarks:${channel}`)
  }

  // --- messages

  private post(entry: Entry, event: EventOf<'message_posted'>): void {
    const message = { ...event.message, seq: entry.seq } as Message
    for (const home of homesOf(message)) {
      const window = this.windows.get(home)
      if (window && !window.hasNewer && !window.stale) this.append(window, message)
    }
    if (message.channel) this.countIn(message.channel, entry)
    if (message.thread) this.changeMessage(message.thread, entry)
    if (message.task) this.changeTask(message.task, entry)
  }

  private deleteMessage(entry: Entry, event: EventOf<'message_deleted'>): void {
    const isCard = this.messages.get(event.message)?.card !== undefined
    this.changeMessage(event.message, entry)
    if (event.channel && !isCard) this.countIn(event.channel, entry)
    if (event.thread) this.changeMessage(event.thread, entry)
    if (event.task) this.changeTask(event.task, entry)
  }

  private append(window: Window, message: Message): void {
    if (!window.ids.includes(message.id)) window.ids = [...window.ids, message.id]
    this.setMessage(message)
  }

  private changeMessage(id: string, entry: Entry): void {
    this.changeMessages([id], entry)
  }

  private changeMessages(ids: Iterable<string>, entry: Entry): void {
    if (this.pins.size > 0) this.changePins(entry)
    const gone = new Set<string>()
    for (const id of ids) {
      const message = this.messages.get(id)
      if (!message || isTold(this.fetched.get(id), entry)) continue
      const after = messageAfter(message, entry)
      if (after !== message) this.setMessage(after)
      if (isGone(after)) gone.add(id)
    }
    for (const id of gone) this.messages.delete(id)
    if (gone.size > 0) this.tell(withoutGone(this.windows, gone))
  }

  /** Whoever left a channel is not waited for there. */
  private changeAsking(channel: string, entry: Entry): void {
    for (const [id, message] of this.messages) {
      if (message.channel === channel && message.acknowledgement) this.changeMessage(id, entry)
    }
    if (this.pins.has(channel)) this.changePins(entry)
  }

  private setMessage(message: Message): void {
    this.messages.set(message.id, message)
    this.tell(messageTopics(message))
  }

  /** Collects entries from now on; call before asking for a page. */
  hold(): Hold {
    const hold: Hold = { entries: [], release: () => this.holds.delete(hold) }
    this.holds.add(hold)
    return hold
  }

  /** Keeps fetched messages, with what was missed on their way. Returns their ids by seq. */
  keepMessages(items: readonly Message[], missed: readonly Entry[]): string[] {
    const kept: Message[] = []
    for (const item of items) {
      const untold = missed.filter((entry) => !isTold(item, entry))
      const after = untold.reduce(messageAfter, item)
      if (isGone(after)) continue
      this.fetched.set(item.id, item)
      this.setMessage(after)
      kept.push(item)
    }
    return sortedBy(kept, (item) => item.seq).map((item) => item.id)
  }

  /** Puts a run in the place of a conversation's window. */
  setWindow(key: string, window: Window): void {
    this.windows.set(key, window)
    this.touch(`window:${key}`)
  }

  /** Messages of a conversation that were posted while its newest page was on its way. */
  appendMissed(key: string, missed: readonly Entry[]): void {
    const window = this.windows.get(key)
    for (const { event, seq } of missed) {
      if (event.type !== 'message_posted' || !homesOf(event.message).includes(key)) continue
      const message = { ...event.message, seq } as Message
      const isThere = window?.ids.includes(message.id)
      if (window && !isThere) {
        const later = missed.filter((entry) => entry.seq > seq)
        const after = later.reduce(messageAfter, message)
        if (!isGone(after)) this.append(window, after)
      }
    }
  }

  /** Forgets a window and those of its messages that no other window needs. */
  dropWindow(key: string): void {
    const window = this.windows.get(key)
    if (!window) return
    this.windows.delete(key)
    this.forgetMessages(window.ids)
    if (key.startsWith('thread:')) this.forgetMessages([key.slice('thread:'.length)])
    this.touch(`window:${key}`)
  }

  /** Forgets all of a window but its newest messages. */
  trimWindow(key: string, keep: number): void {
    const window = this.windows.get(key)
    if (!window || window.hasNewer || window.ids.length <= keep) return
    const dropped = window.ids.slice(0, -keep)
    this.setWindow(key, { ...window, ids: window.ids.slice(-keep), hasOlder: true })
    this.forgetMessages(dropped)
  }

  private forgetMessages(ids: readonly string[]): void {
    for (const id of ids) {
      const message = this.messages.get(id)
      if (!message || this.windows.has(`thread:${id}`)) continue
      if (homesOf(message).some((home) => this.windows.get(home)?.ids.includes(id))) continue
      this.messages.delete(id)
      this.fetched.delete(id)
      this.touch(`message:${id}`)
    }
  }

  private staleWindows(concerns: (message: Message) => boolean, key: string): void {
    for (const [each, window] of this.windows) {
      const root = each.startsWith('thread:') ? this.messages.get(each.slice(7)) : undefined
      if (each !== key && !(root && concerns(root))) continue
      this.setWindow(each, { ...window, stale: true })
    }
  }

  private purgeMessages(concerns: (message: Message) => boolean, key: string): void {
    const threads: string[] = []
    for (const [id, message] of this.messages) {
      if (!concerns(message)) continue
      threads.push(`thread:${id}`)
      if (message.thread) threads.push(`thread:${message.thread}`)
      this.messages.delete(id)
      this.fetched.delete(id)
      this.tell(messageTopics(message))
    }
    for (const each of [key, ...threads]) {
      if (this.windows.delete(each)) this.touch(`window:${each}`)
    }
  }

  // --- projects and tasks

  private setProject(project: Project): void {
    this.projects.set(project.id, project)
    this.touch('projects')
  }

  private changeProject(id: string, change: (project: Project) => Project): void {
    const project = this.projects.get(id)
    if (project) this.setProject(change(project))
  }

  private loseProject(id: string): void {
    this.projects.delete(id)
    this.setSideBar(withoutRow(this.sideBar, { project: id }))
    this.taskLists.delete(id)
    this.rosters.delete(`project:${id}`)
    this.touch('projects')
    this.touch(`roster:project:${id}`)
    for (const task of [...this.tasks.values()]) {
      if (task.project === id) this.forgetTask(task)
    }
    this.touch(`tasks:${id}`)
  }

  /** It is in a closed space from now on: whoever is not there forgets it. */
  private encloseProject(entry: Entry, id: string): void {
    if (isNear(this.spaces, this.projects.get(id) ?? {})) return
    const sideBar = this.sideBar
    this.loseProject(id)
    this.setSideBar(sideBar)
    this.followInbox({ ...entry, event: { type: 'project_lost', project: id } })
  }

  private staleTasks(project: string): void {
    this.taskLists.delete(project)
    for (const [key, id] of this.taskKeys) if (id === null) this.taskKeys.delete(key)
    this.touch(`tasks:${project}`)
  }

  private forgetTask(task: Task): void {
    this.tasks.delete(task.id)
    this.taskKeys.delete(task.key)
    const key = `task:${task.id}`
    this.purgeMessages((message) => message.task === task.id, key)
    this.tell(taskTopics(task))
  }

  private changeTask(id: string, entry: Entry): void {
    const task = this.tasks.get(id) ?? taskIn(entry)
    if (!task) return
    if (entry.event.type === 'task_erased') return this.forgetTask(task)
    const after = taskAfter(task, entry, this.categoryOf)
    if (after !== task) this.setTask(after)
  }

  /** Category of a state of a project's workflow. */
  readonly categoryOf = (project: string, state: string): Category | undefined =>
    this.projects.get(project)?.workflow.states.find((each) => each.id === state)?.category

  private setTask(task: Task, untold?: Set<string>): void {
    const before = this.tasks.get(task.id)
    this.tasks.set(task.id, task)
    this.taskKeys.set(task.key, task.id)
    for (const topic of taskTopics(task)) {
      if (untold && !topic.startsWith('task:')) untold.add(topic)
      else this.touch(topic)
    }
    if (before?.parent && before.parent !== task.parent) this.touch(`subtasks:${before.parent}`)
  }

  /**
   * Keeps fetched tasks, with what was missed on their way; a newer one here stays. With `untold`
   * the lists that they change are put there instead of being told, for `tell` at the end.
   */
  keepTasks(items: readonly Task[], missed: readonly Entry[], untold?: Set<string>): void {
    for (const item of items) {
      const known = this.tasks.get(item.id)
      if (known && known.seq > item.seq) continue
      // Which messages a fetched count includes is not told; those of its flight are not.
      const changes = missed.filter(({ event }) => !event.type.startsWith('message_'))
      const after = changes.reduce((task, entry) => taskAfter(task, entry, this.categoryOf), item)
      this.setTask(after, untold)
    }
  }

  /** Says what was kept quiet. */
  tell(untold: Iterable<string>): void {
    for (const topic of untold) this.touch(topic)
  }

  /** All tasks of a project are here now; others of it are gone. */
  setTaskList(list: string, status: PageStatus, ids?: ReadonlySet<string>): void {
    this.taskLists.set(list, status)
    for (const task of ids ? [...this.tasks.values()] : []) {
      if (task.project === list && !task.archived && !ids?.has(task.id)) this.forgetTask(task)
    }
    this.touch(`tasks:${list}`)
  }

  /** A key that names nothing that one may see. */
  setUnknownKey(key: string): void {
    this.taskKeys.set(key, null)
    this.touch(`task:${key}`)
  }
}
