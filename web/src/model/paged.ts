// A list that the server gives a page at a time, loaded anew whenever the inbox moves.

import { useCallback, useEffect, useState } from 'react'
import type { Page } from '../protocol'
import { client } from '../sync/client'
import { type Failure, Refused } from './pending'
import { useWatch } from './watch'

export interface PagedList<Item> {
  /** Undefined until loaded. */
  items: readonly Item[] | undefined
  hasMore: boolean
  failure: Failure | undefined
  loadMore(): void
  /** The first page anew. */
  reload(): void
}

/** `path` may have a query; `idOf` is always the same function. */
export function usePaged<Item>(path: string, idOf: (item: Item) => string): PagedList<Item> {
  const [items, setItems] = useState<readonly Item[]>()
  const [next, setNext] = useState<string | null>()
  const [failure, setFailure] = useState<Failure>()
  const load = useCallback(
    (after?: string | null) => {
      const [place, query] = path.split('?')
      const asked = new URLSearchParams(query)
      if (after) asked.set('after', after)
      client.get<Page<Item>>(`${place}?${asked}`).then(
        (page) => {
          setItems((known) => (after ? joined(known ?? [], page.items, idOf) : page.items))
          setNext(page.next)
          setFailure(undefined)
        },
        (error: unknown) => error instanceof Refused && setFailure(error.failure),
      )
    },
    [path, idOf],
  )
  const reload = useCallback(() => load(), [load])
  const inbox = useWatch('notifications', () => client.view.notifications())
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is listed changes with the inbox
  useEffect(reload, [reload, inbox])
  return { items, hasMore: !!next, failure, loadMore: () => load(next), reload }
}

/** A page may hold what the pages before it held: the list has moved meanwhile. */
function joined<Item>(known: readonly Item[], more: readonly Item[], idOf: (item: Item) => string) {
  const ids = new Set(known.map(idOf))
  return [...known, ...more.filter((item) => !ids.has(idOf(item)))]
}
