// The threads that the reader follows.

import { useEffect } from 'react'
import type { Thread } from '../protocol'
import { client } from '../sync/client'
import { useInbox } from './notification'
import { type PagedList, usePaged } from './paged'

const idOf = ({ root }: Thread) => root.id

/**
 * With unread replies first. Loaded anew when the reader is told of a reply, reads one, or follows
 * something else.
 */
export function useThreads(): PagedList<Thread> {
  const list = usePaged('/threads', idOf)
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
