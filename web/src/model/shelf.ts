// What a channel keeps at hand: its pinned messages and its bookmarks.

import { useEffect } from 'react'
import type { Bookmark, CommandOf, Message } from '../protocol'
import { client } from '../sync/client'
import type { ShelfKey } from '../sync/shelf'
import { afterPaint } from './paint'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** The pinned messages of a channel, the newest pin first; undefined until loaded. */
export function usePins(channel: string): readonly Message[] | undefined {
  const pins = useWatch(`pins:${channel}`, () => client.view.pins(channel))
  useOpen(`pins:${channel}`, pins === undefined)
  return pins
}

/** The bookmarks of a channel in their order; undefined until loaded. */
export function useBookmarks(channel: string): readonly Bookmark[] | undefined {
  const bookmarks = useWatch(`bookmarks:${channel}`, () => client.view.bookmarks(channel))
  useOpen(`bookmarks:${channel}`, bookmarks === undefined)
  return bookmarks
}

/** Opens anew when what was loaded is gone. */
function useOpen(key: ShelfKey, isMissing: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that went is asked for again
  useEffect(() => afterPaint(() => client.shelf.open(key)), [key, isMissing])
}

/** Pins the message to its channel, or takes the pin off. */
export function togglePin(message: Message): Sent {
  const type = message.pin ? 'unpin_message' : 'pin_message'
  return client.execute({ type, message: message.id })
}

export function addBookmark(channel: string, url: string, title: string): Sent {
  return client.create({ type: 'add_bookmark', channel, url, title })
}

export function updateBookmark(
  { channel, id }: Bookmark,
  changes: Omit<CommandOf<'update_bookmark'>, 'type' | 'channel' | 'bookmark'>,
): Sent {
  return client.execute({ type: 'update_bookmark', channel, bookmark: id, ...changes })
}

export function removeBookmark({ channel, id }: Bookmark): Sent {
  return client.execute({ type: 'remove_bookmark', channel, bookmark: id })
}
