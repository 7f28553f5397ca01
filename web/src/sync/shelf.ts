// What a channel keeps at hand, its pins and its bookmarks: fetched when somebody looks, kept live
// by entries afterwards.

import type { Bookmark, Entry, Message, Page } from '../protocol'
import { bookmarksOf } from './bookmark'
import type { Rest } from './rest'
import type { View } from './view'

/** `pins:CHANNEL` or `bookmarks:CHANNEL`. */
export type ShelfKey = `${'pins' | 'bookmarks'}:${string}`

/** Limit: fetches of one list in a row because it changed on its way. */
const ATTEMPTS_MAX = 3

export class Shelf {
  private readonly view: View
  private readonly rest: Rest
  private readonly onScreen = new Map<ShelfKey, number>()
  private readonly flights = new Set<ShelfKey>()

  constructor(view: View, rest: Rest) {
    this.view = view
    this.rest = rest
  }

  /** Somebody begins to show a list; the result ends it. */
  readonly open = (key: ShelfKey): (() => void) => {
    this.onScreen.set(key, (this.onScreen.get(key) ?? 0) + 1)
    // A channel that one is not in has no live entries.
    const isLive = this.view.replica.memberships.has(channelOf(key))
    if (!isLive || !this.has(key)) void this.fetch(key)
    return () => {
      const left = (this.onScreen.get(key) ?? 1) - 1
      if (left > 0) this.onScreen.set(key, left)
      else this.onScreen.delete(key)
    }
  }

  /** After a reset: entries were missed. */
  renew(): void {
    for (const key of this.onScreen.keys()) void this.fetch(key)
  }

  private has(key: ShelfKey): boolean {
    const { pins, bookmarks } = this.view.replica
    return (key.startsWith('pins:') ? pins : bookmarks).has(channelOf(key))
  }

  private async fetch(key: ShelfKey): Promise<void> {
    if (this.flights.has(key)) return
    this.flights.add(key)
    const { replica } = this.view
    const channel = channelOf(key)
    try {
      for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
        const hold = replica.hold()
        try {
          const [name] = key.split(':')
          const path = `/channels/${channel}/${name}`
          const { items } = await this.rest.get<Page<Message | Bookmark>>(path)
          const moved = hold.entries.some((entry) => concerns(key, entry))
          if (moved && attempt < ATTEMPTS_MAX) continue
          if (name === 'pins') replica.setPins(channel, items as Message[])
          else replica.setBookmarks(channel, items as Bookmark[])
          return
        } finally {
          hold.release()
        }
      }
    } catch {
      // Nothing is shown; it is asked for again when somebody looks again.
    } finally {
      this.flights.delete(key)
    }
  }
}

function channelOf(key: ShelfKey): string {
  return key.slice(key.indexOf(':') + 1)
}

function concerns(key: ShelfKey, entry: Entry): boolean {
  const { event } = entry
  if (key.startsWith('bookmarks:')) return bookmarksOf(entry) === channelOf(key)
  return event.type.startsWith('message_') || event.type.startsWith('reaction_')
}
