// The one object through which the UI reaches everything: what is shown (`view`), what is done
// (`execute`), what is fetched (`get` …). Joins socket, replica, outbox and disk; decides nothing
// that they can decide alone.

import type {
  Ballot,
  ClientFrame,
  Command,
  CommandOf,
  Draft,
  Entry,
  Limits,
  Me,
  Notification,
  ServerFrame,
  SignedIn,
  Snapshot,
} from '../protocol'
import { PROTOCOL_VERSION } from '../protocol'
import { newId } from '../protocol/id'
import { Ballots } from './ballots'
import { renewPage } from './build'
import { DraftSync } from './draft_sync'
import { Drafts } from './drafts'
import { EmojiShelf } from './emoji'
import { Foreground } from './foreground'
import { Outbox, type Pending } from './outbox'
import { Pages } from './pages'
import { type Failure, Refused, type Sent } from './pending'
import { forgetPush, renewPush } from './push'
import { type Rest, restOf } from './rest'
import { restore } from './restore'
import { Roster } from './roster'
import { isLeaving, knownSession, rememberLeaving, rememberSession } from './session'
import { Shelf } from './shelf'
import { Signals } from './signals'
import { Socket, type SocketState } from './socket'
import { Storage } from './storage'
import { Tasks } from './tasks'
import { homeOf } from './topic'
import { type Uploading, upload } from './upload'
import { View } from './view'

type Creating =
  | 'add_bookmark'
  | 'add_section'
  | 'create_channel'
  | 'open_direct'
  | 'post_message'
  | 'create_group'
  | 'create_space'
  | 'create_project'
  | 'create_task'
  | 'make_task'
  | 'make_subtask'
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** How far the start has come. */
export type SessionState = 'starting' | 'ready' | 'signed-out' | 'unreachable'

export interface ConnectionView {
  state: SocketState
  pending: number
  outdated: boolean
}

/** Between two writes of the replica to disk. */
const SAVE_EVERY_MS = 1_500
const SNAPSHOT_RETRY_MS = 2_000
/** Where the device keeps votes that wait, beside the drafts. */
const BALLOTS_KEY = 'ballots'

export class Client {
  readonly view: View
  readonly pages: Pages
  readonly tasks: Tasks
  readonly roster: Roster
  readonly shelf: Shelf
  readonly emoji: EmojiShelf
  readonly signals: Signals
  private readonly foreground: Foreground
  readonly drafts: Drafts
  readonly draftSync: DraftSync
  readonly ballots: Ballots
  private readonly rest: Rest
  private readonly outbox: Outbox
  private readonly socket: Socket
  private storage: Storage | undefined
  private storageOf = ''
  private csrf: string | undefined
  private state: SessionState = 'starting'
  private identifying: Promise<Me> | undefined
  private isResetting = false
  /** What was missed while away has come; cleared with the connection. */
  private isUpToDate = false
  private isOutdated = false
  private saving: ReturnType<typeof setTimeout> | undefined
  private shownConnection: ConnectionView = { state: 'connecting', pending: 0, outdated: false }

  /** What this server takes at most; from `welcome`. */
  limits: Limits | undefined
  /** The reader's e-mail address, known after the first answer of this page. */
  email: string | undefined
  /** Called when a command was refused and nobody waits for its answer. Set by the frame. */
  onRefused: (pending: Pending) => void = () => {}
  /** Called when a vote of an earlier page was refused. Set by the frame. */
  onVoteRefused: (failure: Failure) => void = () => {}
  /** Called when the reader is told of something now. Set by the frame. */
  onNotified: (notification: Notification) => void = () => {}

  constructor() {
    const disk = {
      put: async (pending: Pending) => this.storage?.put(pending),
      remove: async (requestId: string) => this.storage?.remove(requestId),
      putDrafts: async (drafts: readonly (readonly [string, string])[]) =>
        this.storage?.putDrafts(drafts),
    }
    this.rest = restOf({ csrf: () => this.csrf, unauthenticated: () => this.signedOut() })
    const makeOutbox = (view: View) =>
      new Outbox({
        disk,
        send: (request_id, command) => this.send({ type: 'command', request_id, command }),
        changed: () => view.pendingChanged(),
        refused: (pending) => this.onRefused(pending),
        later: (run, ms) => setTimeout(run, ms),
      })
    let outbox: Outbox | undefined
    this.view = new View(
      (view) => {
        outbox = makeOutbox(view)
        return outbox
      },
      () => this.saveSoon(),
    )
    this.outbox = outbox as unknown as Outbox
    this.pages = new Pages(this.view, this.rest)
    this.tasks = new Tasks(this.view, this.rest)
    this.roster = new Roster(this.view, this.rest)
    this.shelf = new Shelf(this.view, this.rest)
    this.emoji = new EmojiShelf(this.view, this.rest)
    this.signals = new Signals(this.view, (frame) => this.send(frame))
    this.foreground = new Foreground((frame) => this.send(frame))
    this.drafts = new Drafts(this.view, disk)
    this.ballots = new Ballots({
      put: (message, choices) => this.rest.put(`/messages/${message}/poll/vote`, { choices }),
      get: async (message) =>
        (await this.rest.get<Ballot>(`/messages/${message}/poll/vote`)).choices,
      keep: (text) => this.drafts.set(BALLOTS_KEY, text),
      changed: () => this.view.touch('connection'),
      refused: (_, failure) => this.onVoteRefused(failure),
      later: (run, ms) => setTimeout(run, ms),
    })
    this.draftSync = new DraftSync({
      view: this.view,
      drafts: this.drafts,
      rest: this.rest,
      isOnline: () => this.socket.state === 'online',
    })
    this.drafts.onTyped = (key) => this.draftSync.typed(key)
    this.socket = new Socket({
      cursor: () => this.view.replica.seq || null,
      frame: (frame) => this.hear(frame),
      stateChanged: () => this.connectionChanged(),
      isWaiting: () => this.outbox.waiting > 0,
    })
  }

  // --- doing

  /** Does something: shows at once, is kept on disk, sent in order, confirmed by the log. */
  execute(command: Command): Sent {
    return this.outbox.execute(command)
  }

  /** The same for what makes a new thing, whose id is chosen here. */
  create(command: WithoutId<CommandOf<Creating>>): Sent {
    const id = newId()
    if (command.type === 'post_message') this.signals.finishTyping(homeOf(command))
    const isMessage = command.type === 'post_message'
    const holdMs = isMessage ? (this.view.preferences().undo_send_s ?? 0) * 1000 : 0
    return this.outbox.execute({ ...command, id } as Command, id, holdMs)
  }

  /** What can be taken back still. */
  held(): readonly Pending[] {
    return this.outbox.held()
  }

  /** Takes a held command back; undefined if it is on its way. */
  takeBack(requestId: string): Command | undefined {
    return this.outbox.takeBack(requestId)
  }

  retry(requestId: string): void {
    this.outbox.retry(requestId)
  }

  discard(requestId: string): void {
    this.outbox.discard(requestId)
  }

  get = <T>(path: string) => this.rest.get<T>(path)
  all = <T>(path: string) => this.rest.all<T>(path)
  post = <T>(path: string, body?: unknown) => this.rest.post<T>(path, body)
  put = <T>(path: string, body?: unknown) => this.rest.put<T>(path, body)
  patch = <T>(path: string, body?: unknown) => this.rest.patch<T>(path, body)
  delete = <T>(path: string) => this.rest.delete<T>(path)

  /** Sends a file beside the log; a message may carry it afterwards. */
  upload(file: File, id: string, onProgress: (share: number) => void): Uploading {
    return upload(file, id, this.csrf, onProgress)
  }

  // --- session

  /** How far the start has come. Topic `session`. */
  session(): SessionState {
    return this.state
  }

  /** Opens from disk if somebody was signed in here, otherwise asks the server who it is. */
  async start(): Promise<void> {
    this.foreground.start()
    addEventListener('pagehide', this.hide)
    document.addEventListener('visibilitychange', this.hide)
    const known = knownSession()
    if (known) await this.openStorage(known.workspace, known.member)
    if (this.state === 'ready') {
      this.socket.start()
      this.identify().catch(() => {})
      return
    }
    await this.arrive()
  }

  /** Asks who one is and fetches the first snapshot. Also the button of `unreachable`. */
  async arrive(): Promise<void> {
    this.enter('starting')
    try {
      if (isLeaving()) await this.leave()
      const me = await this.identify()
      await this.openStorage(me.workspace.id, me.member.id)
      if (this.session() !== 'ready') await this.loadSnapshot()
      this.socket.start()
    } catch (error) {
      const code = error instanceof Refused ? error.failure.code : 'internal'
      this.enter(code === 'unauthenticated' ? 'signed-out' : 'unreachable')
    }
  }

  /** After set-up, sign-in or an accepted invitation. */
  async signedIn({ csrf, member, workspace }: SignedIn): Promise<void> {
    rememberSession({ workspace: workspace.id, member: member.id })
    rememberLeaving(false)
    // What an ended session left in memory must not mix with the new one.
    if (this.view.replica.seq > 0) return location.reload()
    this.csrf = csrf
    await this.arrive()
  }

  /** Ends the session; nothing of it stays on this device. */
  async signOut(): Promise<void> {
    rememberLeaving(true)
    await this.leave().catch(() => {})
    await this.forget()
  }

  /** Ends the session on the server. One that cannot be told now is told at the next start. */
  private async leave(): Promise<void> {
    try {
      // An offline start has not been told the word that goes with every write.
      this.csrf ??= (await this.rest.get<Me>('/me')).csrf ?? undefined
      await this.rest.delete('/sessions/current')
    } catch (error) {
      if (!(error instanceof Refused) || error.failure.code !== 'unauthenticated') throw error
    }
    this.csrf = undefined
    rememberLeaving(false)
  }

  private identify(): Promise<Me> {
    this.identifying ??= this.askWho().finally(() => {
      this.identifying = undefined
    })
    return this.identifying
  }

  private async askWho(): Promise<Me> {
    const me = await this.rest.get<Me>('/me')
    const { me: shown } = this.view.replica
    this.csrf = me.csrf ?? undefined
    this.email = me.email ?? undefined
    rememberSession({ workspace: me.workspace.id, member: me.member.id })
    // The cookie is another member's than what is shown from disk.
    if (shown && shown !== me.member.id) location.reload()
    this.view.touch('session')
    void renewPush(this.rest, me.member.id).catch(() => {})
    return me
  }

  private async openStorage(workspace: string, member: string): Promise<void> {
    const name = `${workspace}:${member}`
    if (this.storageOf === name) return
    this.storage?.close()
    this.storageOf = name
    try {
      this.storage = new Storage(workspace, member, (left) => this.outbox.restore(left))
      const { snapshot, windows, tasks, lists, outbox, drafts } = await this.storage.open()
      this.drafts.restore(drafts)
      this.ballots.restore(this.drafts.get(BALLOTS_KEY))
      if (snapshot) {
        this.view.replica.load(snapshot)
        restore(this.view.replica, windows, tasks, lists)
        this.enter('ready')
      }
      this.outbox.restore(outbox)
    } catch {
      // No disk for this page (a private window): everything works, nothing survives it.
      this.storage = undefined
    }
  }

  /** The session ended elsewhere. Unsent words stay on disk until the next sign-in. */
  private signedOut(): void {
    if (this.state === 'starting') return
    this.socket.stop()
    rememberSession(undefined)
    this.enter('signed-out')
  }

  private async forget(): Promise<void> {
    this.socket.stop()
    rememberSession(undefined)
    clearTimeout(this.saving)
    await forgetPush().catch(() => {})
    await this.storage?.wipe().catch(() => {})
    location.assign('/')
  }

  private enter(state: SessionState): void {
    this.state = state
    this.view.touch('session')
  }

  // --- following

  private send(frame: ClientFrame): boolean {
    return this.socket.send(frame)
  }

  private hear(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        if (frame.protocol !== PROTOCOL_VERSION) return this.outlived(frame.protocol)
        this.limits = frame.limits
        // After a start without the server.
        if (!this.csrf) void this.identify().catch(() => {})
        this.ballots.flush()
        this.signals.setOnline(frame.online)
        this.foreground.welcomed()
        this.connectionChanged()
        if (frame.mode === 'delta') this.caughtUp()
        return
      case 'reset':
        void this.loadSnapshot()
        return
      case 'entry':
        if (!this.isResetting) this.follow(frame as unknown as Entry)
        return
      case 'mark':
        if (this.isResetting) return
        this.isUpToDate = true
        this.view.replica.advance(frame.seq)
        this.outbox.reached(this.view.replica.seq)
        return this.saveSoon()
      case 'done':
        return this.outbox.done(frame, this.view.replica.seq)
      case 'refused':
        return this.outbox.refused(frame)
      case 'signal':
        if (frame.kind === 'draft') return this.draftSync.hear(frame.value as Draft)
        return this.signals.hear(frame)
      case 'closed':
        if (frame.code === 'unauthenticated') this.signedOut()
        return
    }
  }

  /** The server speaks another version: what it says would be misunderstood. */
  private outlived(protocol: number): void {
    this.isOutdated = true
    this.socket.stop()
    this.connectionChanged()
    renewPage(`protocol ${protocol}`)
  }

  private caughtUp(): void {
    this.outbox.flush()
    void this.draftSync.renew()
    this.pages.retryFailed()
    this.tasks.renew()
  }

  private follow(entry: Entry): void {
    this.view.replica.apply(entry)
    this.outbox.land(entry)
    this.outbox.reached(entry.seq)
    const { event } = entry
    switch (event.type) {
      case 'message_posted':
        return this.signals.stopTyping(homeOf(event.message), event.message.author)
      case 'channel_gained':
        return this.pages.renew()
      case 'read_marked':
        return this.haveRead([event.channel])
      case 'all_read_marked':
        return this.haveRead(event.marks.map(({ channel }) => channel))
      case 'project_gained':
        return this.tasks.renew()
      case 'notification_added':
        // Not what was missed while away: the count in the inbox says that.
        if (!event.notification.suppressed && this.isUpToDate) this.onNotified(event.notification)
        return
      case 'access_changed':
        void this.loadSnapshot()
    }
  }

  /** Not what some device did while this one was away. */
  private haveRead(channels: readonly string[]): void {
    if (this.isUpToDate) for (const channel of channels) this.signals.sendRead(channel)
  }

  /** Begins the replica anew, then follows from there. */
  private async loadSnapshot(): Promise<void> {
    if (this.isResetting) return
    this.isResetting = true
    try {
      const snapshot = await this.rest.get<Snapshot>('/snapshot')
      this.view.replica.load(snapshot)
      if (this.state !== 'ready') this.enter('ready')
      this.outbox.reached(snapshot.seq)
      this.pages.renew()
      this.tasks.renew()
      this.roster.renew()
      this.shelf.renew()
      this.isResetting = false
      this.socket.restart()
    } catch (error) {
      this.isResetting = false
      if (this.state !== 'ready') throw error
      setTimeout(() => this.socket.restart(), SNAPSHOT_RETRY_MS)
    }
  }

  // --- connection

  /** Topic `connection`. */
  connection(): ConnectionView {
    const { state, pending, outdated } = this.shownConnection
    const now = {
      state: this.socket.state,
      pending: this.outbox.waiting + this.ballots.size,
      outdated: this.isOutdated,
    }
    const isSame = now.state === state && now.pending === pending && now.outdated === outdated
    if (!isSame) this.shownConnection = now
    return this.shownConnection
  }

  private connectionChanged(): void {
    if (this.socket.state !== 'online') {
      this.isUpToDate = false
      this.outbox.disconnected()
    }
    this.view.touch('connection')
  }

  // --- disk

  private saveSoon(): void {
    this.saving ??= setTimeout(() => this.save(), SAVE_EVERY_MS)
  }

  private save(): void {
    clearTimeout(this.saving)
    this.saving = undefined
    if (this.state !== 'ready' || this.isResetting) return
    void this.storage?.save(this.view.replica, this.pages.recentKeys())
  }

  private readonly hide = (event: Event) => {
    if (event.type !== 'pagehide' && document.visibilityState !== 'hidden') {
      return this.draftSync.look()
    }
    this.outbox.releaseAll()
    this.drafts.write()
    this.draftSync.flush()
    this.save()
  }
}

/** The client of this page. */
export const client = new Client()
