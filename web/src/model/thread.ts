// Threads: those that the reader follows, and whether one is settled.

import { useEffect } from 'react'
import type { Message, Thread } from '../protocol'
import { client } from '../sync/client'
import { useInbox } from './notification'
import { type PagedList, usePaged } from './paged'
import type { Sent } from './pending'

const idOf = ({ root }: Thread) => root.id

/** Which threads a list shows: all, those that are not settled, or those that are. */
export type Settled = 'all' | 'open' | 'resolved'

const QUERY: Record<Settled, string> = {
  all: '',
  open: '?resolved=false',
  resolved: '?resolved=true',
}

/**
 * With unread replies first. Loaded anew when the reader is told of a reply, reads one, or follows
 * something else.
 */
export function useThreads(shown: Settled): PagedList<Thread> {
  const list = usePaged(`/threads${QUERY[shown]}`, idOf)
  const { reload } = list
  useEffect(() => client.view.subscribe('threads', reload), [reload])
  return list
}

/** How many threads have replies that the reader was told of and has not read. */
export function useUnreadThreads(): number {
  const inbox = useInbox()
  const unread = inbox.filter((item) => item.unread && item.notification.thread)
  return new Set(unread.map(({ notification }) => notification.thread)).size
}

/** Says that the thread which the message began is settled, or opens it again. */
export function toggleResolved(root: Message): Sent {
  const type = root.resolved ? 'reopen_thread' : 'resolve_thread'
  return client.execute({ type, message: root.id })
}

/** Whether the message began a thread that can be settled: that of a task has its state. */
export function isResolvable(root: Message): boolean {
  return !!root.channel && !root.thread && !root.link && (root.reply_count ?? 0) > 0
}
