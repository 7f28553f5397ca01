// Fetches the pages of conversations into the replica's windows. A window is one contiguous run;
// what is missed while a page is on its way is made up from the entries held meanwhile.

import type { Message, Page } from '../protocol'
import type { Rest } from './rest'
import type { View } from './view'
import { type Conversation, conversationKey, conversationOf } from './window'

const PAGE_ITEMS = 50
/** Limit: windows kept that are not on the screen. */
const IDLE_WINDOWS_MAX = 40
/** Limit: messages kept of a window that is not on the screen. */
const IDLE_MESSAGES_MAX = 100

type Place = { before: number } | { after: number } | { around: number } | null

export class Pages {
  private readonly view: View
  private readonly rest: Rest
  private readonly onScreen = new Map<string, number>()
  private readonly flights = new Map<string, { place: Place; done: Promise<void> }>()
  /** Keys in the order of their last use. */
  private readonly recent = new Set<string>()

  constructor(view: View, rest: Rest) {
    this.view = view
    this.rest = rest
  }

  /** A list begins to show the conversation; the result ends it. */
  readonly open = (conversation: Conversation): (() => void) => {
    const key = conversationKey(conversation)
    this.onScreen.set(key, (this.onScreen.get(key) ?? 0) + 1)
    this.recent.delete(key)
    this.recent.add(key)
    if (this.needsFetch(key, conversation)) void this.fetchNewest(key)
    return () => {
      const left = (this.onScreen.get(key) ?? 1) - 1
      if (left > 0) this.onScreen.set(key, left)
      else this.onScreen.delete(key)
      if (left === 0) this.tidy(key)
    }
  }

  /** Keys in the order of their last use, newest first. */
  recentKeys(): string[] {
    return [...this.recent].reverse()
  }

  private needsFetch(key: string, conversation: Conversation): boolean {
    const window = this.view.replica.windows.get(key)
    if (!window || window.stale || window.status !== 'ready') return true
    // A channel that one is not in has no live entries.
    return 'channel' in conversation && !this.view.replica.memberships.has(conversation.channel)
  }

  /** After a reset: what is on the screen is fetched anew, the rest forgotten. */
  renew(): void {
    for (const [key, window] of [...this.view.replica.windows]) {
      if (!window.stale) continue
      if (this.onScreen.has(key)) void this.fetchNewest(key)
      else this.view.replica.dropWindow(key)
    }
  }

  /** After coming back online: pages that failed are tried again. */
  retryFailed(): void {
    for (const key of this.onScreen.keys()) {
      const window = this.view.replica.windows.get(key)
      if (window?.status !== 'ready') void this.fetchNewest(key)
    }
  }

  readonly loadOlder = (conversation: Conversation): Promise<void> => {
    const key = conversationKey(conversation)
    const window = this.view.replica.windows.get(key)
    const first = window?.ids[0]
    const oldest = first ? this.view.replica.messages.get(first) : undefined
    if (!window?.hasOlder || !oldest) return Promise.resolve()
    return this.fly(key, { before: oldest.seq }, (ids, page) => {
      const now = this.view.replica.windows.get(key)
      if (!now || now.stale || now.ids[0] !== first) return
      const hasOlder = page.length >= PAGE_ITEMS
      this.view.replica.setWindow(key, { ...now, ids: joined(ids, now.ids), hasOlder })
    })
  }

  readonly loadNewer = (conversation: Conversation): Promise<void> => {
    const key = conversationKey(conversation)
    const window = this.view.replica.windows.get(key)
    const last = window?.ids.at(-1)
    const newest = last ? this.view.replica.messages.get(last) : undefined
    if (!window?.hasNewer || !newest) return Promise.resolve()
    return this.fly(key, { after: newest.seq }, (ids, page) => {
      const now = this.view.replica.windows.get(key)
      if (!now || now.stale || now.ids.at(-1) !== last) return
      const hasNewer = page.length >= PAGE_ITEMS
      this.view.replica.setWindow(key, { ...now, ids: joined(now.ids, ids), hasNewer })
    })
  }

  readonly jumpTo = async (conversation: Conversation, seq: number | null): Promise<void> => {
    const key = conversationKey(conversation)
    const { replica } = this.view
    if (seq !== null) {
      const ids = replica.windows.get(key)?.ids
      if (ids?.some((id) => replica.messages.get(id)?.seq === seq)) return
    }
    // A page that is on its way is another one.
    await this.flights.get(key)?.done
    if (seq === null) {
      const window = replica.windows.get(key)
      if (!window || window.hasNewer || window.stale) await this.fetchNewest(key)
      return
    }
    await this.fly(key, { around: seq }, (ids) => {
      // The pages at both ends say for themselves whether there is more.
      replica.setWindow(key, {
        ids,
        status: 'ready',
        hasOlder: ids.length > 0,
        hasNewer: ids.length > 0,
        stale: false,
      })
    })
  }

  private fetchNewest(key: string): Promise<void> {
    return this.fly(key, null, (ids, page) => {
      this.view.replica.setWindow(key, {
        ids,
        status: 'ready',
        hasOlder: page.length >= PAGE_ITEMS,
        hasNewer: false,
        stale: false,
      })
    })
  }

  /**
   * One request per window at a time; a second caller waits for the first. Only who wants the
   * newest page goes on from there: what is on its way may be of a window that a reset outdated.
   */
  private fly(
    key: string,
    place: Place,
    arrive: (ids: string[], page: readonly Message[]) => void,
  ): Promise<void> {
    const running = this.flights.get(key)
    if (running && (place !== null || running.place === null)) return running.done
    const begun = (running?.done ?? Promise.resolve()).then(() => this.fetch(key, place, arrive))
    const done = begun.finally(() => {
      if (this.flights.get(key)?.done === done) this.flights.delete(key)
    })
    this.flights.set(key, { place, done })
    return done
  }

  private async fetch(
    key: string,
    place: Place,
    arrive: (ids: string[], page: readonly Message[]) => void,
  ): Promise<void> {
    const { replica } = this.view
    const hold = replica.hold()
    try {
      const { items } = await this.rest.get<Page<Message>>(pathOf(key, place))
      const root = key.startsWith('thread:') ? key.slice('thread:'.length) : undefined
      const page = items.filter((item) => item.id !== root)
      replica.keepMessages(items, hold.entries)
      arrive(
        page.map((item) => item.id),
        page,
      )
      if (!replica.windows.get(key)?.hasNewer) replica.appendMissed(key, hold.entries)
    } catch {
      const window = replica.windows.get(key)
      const empty = { ids: [], hasOlder: false, hasNewer: false, stale: true }
      if (!window || window.status === 'loading') {
        replica.setWindow(key, { ...empty, status: 'error' })
      }
    } finally {
      hold.release()
    }
  }

  private tidy(key: string): void {
    this.view.replica.trimWindow(key, IDLE_MESSAGES_MAX)
    const idle = [...this.recent].filter((each) => !this.onScreen.has(each))
    for (const each of idle.slice(0, -IDLE_WINDOWS_MAX)) {
      this.recent.delete(each)
      this.view.replica.dropWindow(each)
    }
  }
}

function pathOf(key: string, place: Place): string {
  const conversation = conversationOf(key)
  const query = new URLSearchParams({ limit: String(PAGE_ITEMS) })
  for (const [name, seq] of Object.entries(place ?? {})) query.set(name, String(seq))
  if ('channel' in conversation) return `/channels/${conversation.channel}/messages?${query}`
  if ('task' in conversation) return `/tasks/${conversation.task}/messages?${query}`
  return `/messages/${conversation.thread}/thread?${query}`
}

function joined(left: readonly string[], right: readonly string[]): string[] {
  const known = new Set(left)
  return [...left, ...right.filter((id) => !known.has(id))]
}
