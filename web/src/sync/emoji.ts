// Custom emoji: what entries do to those that were fetched, and fetching them when the first one is
// to be shown. Kept live by entries afterwards.

import type { Emoji, Entry, Page } from '../protocol'
import type { Rest } from './rest'
import type { View } from './view'

type All = ReadonlyMap<string, Emoji>

/** The same object if the entry is about no emoji. */
export function emojiAfter(all: All, { event }: Entry): All {
  switch (event.type) {
    case 'emoji_added':
    case 'emoji_changed':
      return new Map(all).set(event.emoji.id, event.emoji)
    case 'emoji_removed': {
      const left = new Map(all)
      left.delete(event.emoji)
      return left
    }
    default:
      return all
  }
}

/** Fetches them once somebody asks; what is missed on the way is applied. */
export class EmojiShelf {
  private readonly view: View
  private readonly rest: Rest
  private isLoading = false

  constructor(view: View, rest: Rest) {
    this.view = view
    this.rest = rest
  }

  /** Somebody shows one. */
  readonly want = (): void => {
    if (!this.view.replica.emoji && !this.isLoading) void this.fetch()
  }

  private async fetch(): Promise<void> {
    this.isLoading = true
    const { replica } = this.view
    const hold = replica.hold()
    try {
      const { items } = await this.rest.get<Page<Emoji>>('/emoji')
      const fetched: All = new Map(items.map((each) => [each.id, each]))
      replica.setEmoji(hold.entries.reduce(emojiAfter, fetched))
    } catch {
      // Names stay names; they are asked for again when somebody shows the next one.
    } finally {
      hold.release()
      this.isLoading = false
    }
  }
}
