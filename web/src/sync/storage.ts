// The replica on this device's disk (IndexedDB), one database per workspace and member. The
// snapshot, the recent windows and the tasks are written in one transaction with their cursor.
// Invariant: what is read back is the state at exactly its cursor, so that a delta can follow.
// Only the tab that holds the lock writes the replica; every tab writes its outbox and drafts.

import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPObjectStore,
  type IDBPTransaction,
  openDB,
  unwrap,
  wrap,
} from 'idb'
import type { Message, Snapshot, Task } from '../protocol'
import { PROTOCOL_VERSION } from '../protocol'
import { type Draft, forgetLastWords, lastWords, leaveLastWords } from './last_words'
import type { OutboxDisk, Pending } from './outbox'
import type { Replica } from './replica'

/** Limit: windows kept on disk, the most recently used. */
const WINDOWS_MAX = 30
/** Limit: messages kept of each. */
const MESSAGES_MAX = 60
/** Limit: tasks kept on disk; beyond it none are, and they are fetched. */
const TASKS_MAX = 10_000
/** Messages and tasks that are written in one go. */
const TURN_WEIGHT = 120
/** Layout of the stores; another one is thrown away and fetched anew. */
const LAYOUT = 1

export interface StoredWindow {
  key: string
  messages: Message[]
  /** For a thread: its root, and other messages that stand in no window. */
  roots: Message[]
  hasOlder: boolean
}

interface Meta {
  layout: number
  protocol: number
  snapshot: Snapshot
  /** Lists whose tasks are all among the stored ones. */
  lists: string[]
}

/** An outbox row, with the tab that answers for it. */
type OutboxRow = Pending & { tab: string; order: number }

type Replicated = 'meta' | 'windows' | 'tasks'

/** What is to be saved. */
interface Wish {
  replica: Replica
  recentKeys: readonly string[]
}

interface MarkedWindow {
  window: StoredWindow
  mark: unknown[]
}

/** One write of a save. */
interface Change {
  store: 'windows' | 'tasks'
  /** How many messages or tasks it copies. */
  weight: number
  change(store: IDBObjectStore): IDBRequest
}

interface Schema extends DBSchema {
  meta: { key: string; value: Meta | string }
  windows: { key: string; value: StoredWindow }
  tasks: { key: string; value: Task }
  outbox: { key: string; value: OutboxRow }
  drafts: { key: string; value: string }
}

/** Everything that a page opens with. */
export interface Restored {
  snapshot: Snapshot | undefined
  windows: StoredWindow[]
  tasks: Task[]
  lists: string[]
  outbox: Pending[]
  drafts: [string, string][]
}

const nameOf = (workspace: string, member: string) => `tenon:${workspace}:${member}`

export class Storage implements OutboxDisk {
  private readonly tab = crypto.randomUUID()
  private readonly name: string
  private db: IDBPDatabase<Schema> | undefined
  private order = 0
  private writes = false
  /** The stores hold what `written` says; nobody else has written since. */
  private isKnown = false
  /** Of the last write that this tab knows of; a new one for each. */
  private stamp = ''
  /** The save that is under way, or the next one. */
  private wish: Wish | undefined
  private release: (() => void) | undefined
  private readonly closed = new AbortController()
  private readonly inherited: (left: Pending[]) => void
  /** Objects as they were last written: what is the same object needs no writing. */
  private readonly written = new Map<string, unknown>()

  /** `inherited` hears of commands of a tab that ended while this one was open. */
  constructor(workspace: string, member: string, inherited: (left: Pending[]) => void = () => {}) {
    this.name = nameOf(workspace, member)
    this.inherited = inherited
  }

  /** Opens the database and reads everything. A broken or foreign one is begun anew. */
  async open(): Promise<Restored> {
    try {
      this.db = await openStores(this.name)
    } catch (error) {
      // Of a newer build; unsent words may lie in it. This page does without a disk.
      if (error instanceof DOMException && error.name === 'VersionError') throw error
      await deleteDB(this.name).catch(() => {})
      this.db = await openStores(this.name)
    }
    this.db.onversionchange = () => this.close()
    void this.takeLocks()
    return this.read(this.db)
  }

  private async read(db: IDBPDatabase<Schema>): Promise<Restored> {
    const stores = db.transaction(['meta', 'windows', 'tasks', 'outbox', 'drafts'])
    const [meta, stamp, windows, tasks, outbox, draftKeys, draftTexts] = await Promise.all([
      stores.objectStore('meta').get('replica'),
      stores.objectStore('meta').get('stamp'),
      stores.objectStore('windows').getAll(),
      stores.objectStore('tasks').getAll(),
      stores.objectStore('outbox').getAll(),
      stores.objectStore('drafts').getAllKeys(),
      stores.objectStore('drafts').getAll(),
    ])
    const known = isCurrent(meta) ? meta : undefined
    if (known) {
      this.stamp = String(stamp)
      for (const task of tasks) this.written.set(`task:${task.id}`, task)
      for (const window of windows) this.written.set(`window:${window.key}`, markOf(window))
    }
    const mine = await this.unanswered(this.withLastWords(outbox))
    const drafts = new Map(draftKeys.map((key, index) => [key, draftTexts[index] ?? '']))
    const left = lastWords<Draft[]>(this.name, 'drafts:')
    const words = [...left.values()].flat()
    for (const [key, text] of words) drafts.set(key, text)
    const forget = () => {
      for (const name of left.keys()) forgetLastWords(this.name, name)
    }
    void this.putDrafts(words).then(forget, () => {})
    return {
      snapshot: known?.snapshot,
      windows: known ? windows : [],
      tasks: known ? tasks : [],
      lists: known?.lists ?? [],
      outbox: mine,
      drafts: [...drafts].filter(([, text]) => text !== ''),
    }
  }

  /** The commands that pages left without the disk's word are among them, or on their way. */
  private withLastWords(rows: OutboxRow[]): OutboxRow[] {
    const known = new Set(rows.map(({ requestId }) => requestId))
    const left = [...lastWords<OutboxRow>(this.name, 'command:').values()]
    return [...rows, ...left.filter(({ requestId }) => !known.has(requestId))]
  }

  /** Commands of tabs that are gone: this one answers for them now, for others when they go. */
  private async unanswered(rows: OutboxRow[]): Promise<Pending[]> {
    const locks = await navigator.locks?.query()
    const tabs = new Set(locks?.held?.flatMap(({ name }) => tabOf(name) ?? []))
    tabs.delete(this.tab)
    for (const tab of tabs) void this.inherit(tab).catch(() => {})
    return this.adopt(rows.filter((row) => !tabs.has(row.tab)))
  }

  private async adopt(orphans: OutboxRow[]): Promise<Pending[]> {
    orphans.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.order - b.order))
    for (const row of orphans) await this.put(row)
    return orphans.map(({ tab, order, ...pending }) => pending)
  }

  /**
   * Waits for the end of another tab. After a reload that is this page's own past, which may hold
   * its lock for a moment still. Of several that wait each comes in turn, and the first takes all.
   */
  private async inherit(tab: string): Promise<void> {
    const { signal } = this.closed
    await navigator.locks.request(tabLock(tab), { signal }, async () => {
      const rows = this.withLastWords((await this.db?.getAll('outbox')) ?? [])
      const left = await this.adopt(rows.filter((row) => row.tab === tab))
      if (left.length > 0) this.inherited(left)
    })
  }

  private async takeLocks(): Promise<void> {
    const { locks } = navigator
    if (!locks) {
      this.writes = true
      return
    }
    const untilClosed = new Promise<void>((resolve) => {
      this.release = resolve
    })
    void locks.request(tabLock(this.tab), () => untilClosed)
    await locks.request(`tenon-writer:${this.name}`, () => {
      this.writes = true
      return untilClosed
    })
  }

  /**
   * Writes what changed, and the cursor, in one transaction. Does nothing in a second tab. While
   * one is under way the latest wish waits for its end.
   */
  async save(replica: Replica, recentKeys: readonly string[]): Promise<void> {
    const isRunning = this.wish !== undefined
    this.wish = { replica, recentKeys }
    if (isRunning) return
    while (this.wish) {
      const wish: Wish = this.wish
      await this.saveNow(wish)
      if (this.wish === wish) this.wish = undefined
    }
  }

  private async saveNow({ replica, recentKeys }: Wish): Promise<void> {
    const snapshot = replica.snapshot()
    if (!this.db || !this.writes || !snapshot) return
    // All of one moment; what comes later is for the next save.
    const tasks = replica.tasks.size <= TASKS_MAX ? [...replica.tasks.values()] : []
    const lists = tasks.length > 0 ? readyLists(replica) : []
    const windows = recentKeys
      .map((key) => storedWindow(replica, key))
      .filter((window) => window !== undefined)
      .slice(0, WINDOWS_MAX)
    const meta: Meta = { layout: LAYOUT, protocol: PROTOCOL_VERSION, snapshot, lists }
    const transaction = this.db.transaction(['meta', 'windows', 'tasks'], 'readwrite')
    const ended = transaction.done.then(
      () => true,
      () => false,
    )
    try {
      const metas = transaction.objectStore('meta')
      const isKnown = this.isKnown || (await metas.get('stamp')) === this.stamp
      const before = isKnown ? new Map(this.written) : undefined
      this.stamp = crypto.randomUUID()
      await writeInTurns(transaction, this.changes(tasks, windows, before))
      void metas.put(this.stamp, 'stamp').catch(() => {})
      void metas.put(meta, 'replica').catch(() => {})
      // The page may be about to end, and does not wait for more.
      transaction.commit()
    } catch {
      // A part must not stay without the rest.
      abort(transaction)
    }
    // A full or forbidden disk: the next start fetches. The next save writes everything.
    this.isKnown = await ended
    if (!this.isKnown) this.stamp = ''
  }

  /** What to write so that the disk holds these alone; without `before` it is emptied first. */
  private changes(
    tasks: readonly Task[],
    windows: readonly MarkedWindow[],
    before: ReadonlyMap<string, unknown> | undefined,
  ): Change[] {
    const changes: Change[] = []
    if (!before) {
      changes.push({ store: 'windows', weight: 1, change: (store) => store.clear() })
      changes.push({ store: 'tasks', weight: 1, change: (store) => store.clear() })
    }
    this.written.clear()
    for (const task of tasks) {
      this.written.set(`task:${task.id}`, task)
      if (before?.get(`task:${task.id}`) === task) continue
      changes.push({ store: 'tasks', weight: 1, change: (store) => store.put(task) })
    }
    for (const { window, mark } of windows) {
      const topic = `window:${window.key}`
      const old = before?.get(topic) as unknown[] | undefined
      const isSame = old?.length === mark.length && mark.every((each, at) => each === old[at])
      this.written.set(topic, mark)
      if (isSame) continue
      const weight = window.messages.length
      changes.push({ store: 'windows', weight, change: (store) => store.put(window) })
    }
    for (const topic of before?.keys() ?? []) {
      if (this.written.has(topic)) continue
      const key = topic.slice(topic.indexOf(':') + 1)
      const store = topic.startsWith('task:') ? 'tasks' : 'windows'
      changes.push({ store, weight: 1, change: (each) => each.delete(key) })
    }
    return changes
  }

  async put(pending: Pending): Promise<void> {
    const { requestId, id, command, at, state, error, heldUntil } = pending
    this.order += 1
    const row: OutboxRow = {
      requestId,
      id,
      command,
      at,
      state,
      error,
      heldUntil,
      tab: this.tab,
      order: this.order,
    }
    leaveLastWords(this.name, `command:${requestId}`, row)
    await this.write('outbox', (store) => store.put(row))
    forgetLastWords(this.name, `command:${requestId}`)
  }

  async remove(requestId: string): Promise<void> {
    forgetLastWords(this.name, `command:${requestId}`)
    await this.write('outbox', (store) => store.delete(requestId))
  }

  /** An empty text is a draft that is gone. */
  async putDrafts(drafts: readonly (readonly [key: string, text: string])[]): Promise<void> {
    if (!this.db || drafts.length === 0) return
    leaveLastWords(this.name, `drafts:${this.tab}`, drafts)
    await this.write('drafts', (store) =>
      Promise.all(
        drafts.map(([key, text]) => (text === '' ? store.delete(key) : store.put(text, key))),
      ),
    )
    forgetLastWords(this.name, `drafts:${this.tab}`)
  }

  /** One change, on its way to the disk at once: the page may be about to end. */
  private async write<Name extends 'outbox' | 'drafts'>(
    name: Name,
    change: (store: IDBPObjectStore<Schema, [Name], Name, 'readwrite'>) => Promise<unknown>,
  ): Promise<void> {
    if (!this.db) return
    const transaction = this.db.transaction(name, 'readwrite')
    const changed = change(transaction.store)
    transaction.commit()
    await Promise.all([changed, transaction.done])
  }

  close(): void {
    this.writes = false
    this.closed.abort()
    this.release?.()
    this.db?.close()
    this.db = undefined
  }

  /** Signing out: nothing of this member stays on the device. */
  async wipe(): Promise<void> {
    this.close()
    forgetLastWords(this.name)
    await deleteDB(this.name)
  }
}

function isCurrent(meta: Meta | string | undefined): meta is Meta {
  if (typeof meta !== 'object') return false
  return meta.layout === LAYOUT && meta.protocol === PROTOCOL_VERSION
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort()
  } catch {
    // It is over already.
  }
}

/** Many small writes keep a page from answering: between turns it gets to. */
async function writeInTurns(
  transaction: IDBPTransaction<Schema, Replicated[], 'readwrite'>,
  changes: readonly Change[],
): Promise<void> {
  // The promise around a request costs more than the request.
  const native = unwrap(transaction)
  let weight = 0
  for (const { store, change, ...each } of changes) {
    const request = change(native.objectStore(store))
    weight += each.weight
    if (weight < TURN_WEIGHT) continue
    weight = 0
    // In its answer the transaction still takes more.
    await wrap(request)
  }
}

const TAB_LOCK = 'tenon-tab:'
const tabLock = (tab: string) => TAB_LOCK + tab
const tabOf = (lock = '') => (lock.startsWith(TAB_LOCK) ? lock.slice(TAB_LOCK.length) : undefined)

function openStores(name: string): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, LAYOUT, {
    upgrade(db) {
      db.createObjectStore('meta')
      db.createObjectStore('windows', { keyPath: 'key' })
      db.createObjectStore('tasks', { keyPath: 'id' })
      db.createObjectStore('outbox', { keyPath: 'requestId' })
      db.createObjectStore('drafts')
    },
  })
}

function readyLists(replica: Replica): string[] {
  return [...replica.taskLists].filter(([, status]) => status === 'ready').map(([list]) => list)
}

/** Whether entries keep the window up to date. */
function isLive(replica: Replica, key: string): boolean {
  const [kind, id = ''] = key.split(':')
  if (kind === 'task') return replica.tasks.has(id)
  const channel = kind === 'channel' ? id : replica.messages.get(id)?.channel
  return replica.memberships.has(channel ?? '')
}

/** The newest part of a window that reaches the head; others are not worth keeping. */
function storedWindow(replica: Replica, key: string): MarkedWindow | undefined {
  const window = replica.windows.get(key)
  if (!window || window.hasNewer || window.stale || window.status !== 'ready') return undefined
  if (!isLive(replica, key)) return undefined
  const ids = window.ids.slice(-MESSAGES_MAX)
  const messages = ids.map((id) => replica.messages.get(id)).filter((each) => each !== undefined)
  const root = key.startsWith('thread:') ? replica.messages.get(key.slice(7)) : undefined
  const roots = root ? [root] : []
  const hasOlder = window.hasOlder || window.ids.length > ids.length
  const stored = { key, messages, roots, hasOlder }
  return { window: stored, mark: markOf(stored) }
}

/** Is the same, part by part, as long as the window is. */
function markOf({ messages, roots, hasOlder }: StoredWindow): unknown[] {
  return [...messages, ...roots, hasOlder]
}
