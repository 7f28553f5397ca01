// Search on the server: one page after the other, and where one stands.

import { useCallback, useEffect, useState } from 'react'
import type { Found, SearchPage } from '../protocol'
import { client } from '../sync/client'
import { type Failure, Refused } from './pending'

export type SearchKind = 'message' | 'task' | 'file' | 'person'
export type SearchSort = 'relevance' | 'newest'

/** What is searched for, as the address has it. */
export interface SearchQuery {
  q: string
  kind?: SearchKind
  sort?: SearchSort
}

export interface Searched {
  /** Undefined until the first page has come. */
  items: readonly Found[] | undefined
  failure: Failure | undefined
  /** False while the server still builds its index. */
  complete: boolean
  loading: boolean
  /** Asks for the next page; undefined at the end. */
  more: (() => void) | undefined
  retry(): void
}

/** Limit: results of one page. */
const PAGE = 30

interface State {
  items?: readonly Found[]
  next?: string | null
  complete: boolean
  failure?: Failure
}

const NOTHING: State = { complete: true }

/** What is found. The last answer stays until the next one has come. */
export function useSearch({ q, kind, sort }: SearchQuery): Searched {
  const [state, setState] = useState<State>(NOTHING)
  const [loading, setLoading] = useState(false)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (q.trim() === '') {
      setState(NOTHING)
      setLoading(false)
      return
    }
    let here = true
    setLoading(true)
    ask({ q, kind, sort })
      .then(
        (page) => here && setState(page),
        (error: unknown) => here && setState({ complete: true, failure: failureOf(error) }),
      )
      .finally(() => here && setLoading(false))
    return () => {
      here = false
    }
  }, [q, kind, sort, attempt])
  const { items, next, complete, failure } = state
  const more = useCallback(() => {
    if (!next) return
    setLoading(true)
    ask({ q, kind, sort }, next)
      .then(
        // An answer to what is no longer asked is not appended.
        (page) =>
          setState((now) =>
            now.next === next ? { ...page, items: [...(now.items ?? []), ...page.items] } : now,
          ),
        (error: unknown) => setState((now) => ({ ...now, failure: failureOf(error) })),
      )
      .finally(() => setLoading(false))
  }, [q, kind, sort, next])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { items, failure, complete, loading, more: next ? more : undefined, retry }
}

function ask({ q, kind, sort }: SearchQuery, cursor?: string): Promise<SearchPage> {
  const query = new URLSearchParams({ q, limit: String(PAGE) })
  if (kind) query.set('type', kind)
  if (sort) query.set('sort', sort)
  if (cursor) query.set('cursor', cursor)
  return client.get<SearchPage>(`/search?${query}`)
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return error.failure
  throw error
}
