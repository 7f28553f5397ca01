// The threads that the reader follows.

import { useCallback, useEffect, useState } from 'react'
import type { Page, Thread } from '../protocol'
import { client } from '../sync/client'
import { useInbox } from './notification'
import { type Failure, Refused } from './pending'
import { useWatch } from './watch'

export interface ThreadList {
  /** With unread replies first; undefined until loaded. */
  items: readonly Thread[] | undefined
  hasMore: boolean
  failure: Failure | undefined
  loadMore(): void
  reload(): void
}

/** Loaded anew when the reader is told of a reply, reads one, or follows something else. */
export function useThreads(): ThreadList {
  const [items, setItems] = useState<readonly Thread[]>()
  const [next, setNext] = useState<string | null>()
  const [failure, setFailure] = useState<Failure>()
  const load = useCallback((after?: string | null) => {
    const query = new URLSearchParams(after ? { after } : {})
    client.get<Page<Thread>>(`/threads?${query}`).then(
      (page) => {
        setItems((known) => (after ? joined(known ?? [], page.items) : page.items))
        setNext(page.next)
        setFailure(undefined)
      },
      (error: unknown) => error instanceof Refused && setFailure(error.failure),
    )
  }, [])
  const inbox = useWatch('notifications', () => client.view.notifications())
  useEffect(() => client.view.subscribe('threads', () => load()), [load])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is unread changes with the inbox
  useEffect(() => load(), [load, inbox])
  return {
    items,
    hasMore: !!next,
    failure,
    loadMore: () => load(next),
    reload: () => load(),
  }
}

function joined(known: readonly Thread[], more: readonly Thread[]): Thread[] {
  const ids = new Set(known.map(({ root }) => root.id))
  return [...known, ...more.filter(({ root }) => !ids.has(root.id))]
}

/** How many threads have replies that the reader was told of and has not read. */
export function useUnreadThreads(): number {
  const inbox = useInbox()
  const unread = inbox.filter((item) => item.unread && item.notification.thread)
  return new Set(unread.map(({ notification }) => notification.thread)).size
}
