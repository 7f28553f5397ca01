// Words for the loaded part of a conversation. No logic beyond keys.

import type { Entry, Message } from '../protocol'
import type { Local } from './pending'

/** Where messages lie: a channel, a task's conversation, or the replies to a root message. */
export type Conversation = { channel: string } | { task: string } | { thread: string }

export type PageStatus = 'loading' | 'ready' | 'error'

/** What a list shows: a contiguous run, oldest first, pending ones at its end. */
export interface WindowView {
  items: readonly (Message & { local?: Local })[]
  status: PageStatus
  hasOlder: boolean
  hasNewer: boolean
}

/** `channel:ID`, `task:ID` or `thread:ID`. */
export function conversationKey(conversation: Conversation): string {
  if ('channel' in conversation) return `channel:${conversation.channel}`
  if ('task' in conversation) return `task:${conversation.task}`
  return `thread:${conversation.thread}`
}

/** The opposite of `conversationKey`. */
export function conversationOf(key: string): Conversation {
  const [kind, id = ''] = key.split(':')
  if (kind === 'channel') return { channel: id }
  return kind === 'task' ? { task: id } : { thread: id }
}

/** The loaded run of a conversation. */
export interface Window {
  /** Oldest first. */
  ids: string[]
  status: PageStatus
  hasOlder: boolean
  /** False: the run reaches the head, and what is posted is appended. */
  hasNewer: boolean
  /** Entries were missed: it must be fetched anew and takes nothing until then. */
  stale: boolean
}

/** Collects the entries that come while a page is on its way. */
export interface Hold {
  entries: Entry[]
  release(): void
}
