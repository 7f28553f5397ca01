// The bookmarks of one channel, moved as the server moves them. Pure.

import type { Bookmark, CommandOf, Entry } from '../protocol'
import { rankBetween } from './rank'

/** The channel that an entry changes the bookmarks of. */
export function bookmarksOf({ event }: Entry): string | undefined {
  if (event.type === 'bookmark_added' || event.type === 'bookmark_changed') {
    return event.bookmark.channel
  }
  return event.type === 'bookmark_removed' ? event.channel : undefined
}

/** The list after an entry about it. */
export function bookmarksAfter(list: readonly Bookmark[], { event }: Entry): readonly Bookmark[] {
  if (event.type === 'bookmark_added' || event.type === 'bookmark_changed') {
    return withBookmark(list, event.bookmark)
  }
  return event.type === 'bookmark_removed' ? withoutBookmark(list, event.bookmark) : list
}

export function withBookmark(list: readonly Bookmark[], bookmark: Bookmark): readonly Bookmark[] {
  return [...withoutBookmark(list, bookmark.id), bookmark].sort(inOrder)
}

export function withoutBookmark(list: readonly Bookmark[], id: string): readonly Bookmark[] {
  return list.filter((each) => each.id !== id)
}

/** What `update_bookmark` will have done, with a rank for the moment. */
export function updatedBookmark(
  list: readonly Bookmark[],
  command: CommandOf<'update_bookmark'>,
): readonly Bookmark[] {
  const before = list.find((each) => each.id === command.bookmark)
  if (!before) return list
  const changed = {
    ...before,
    title: command.title ?? before.title,
    url: command.url ?? before.url,
  }
  if (command.after === undefined || command.after === before.id) {
    return withBookmark(list, changed)
  }
  const others = withoutBookmark(list, before.id)
  const at = command.after ? others.findIndex((each) => each.id === command.after) + 1 : 0
  const [low, high] = [others[at - 1]?.rank, others[at]?.rank]
  const fits = (!low || low < before.rank) && (!high || before.rank < high)
  const rank = fits ? before.rank : rankBetween(low, high)
  return withBookmark(list, { ...changed, rank })
}

function inOrder(a: Bookmark, b: Bookmark): number {
  if (a.rank === b.rank) return a.id < b.id ? -1 : 1
  return a.rank < b.rank ? -1 : 1
}
