// What a board or list shows and how, remembered: filters while the page lives, choices of layout
// on this device.

import { useState } from 'react'
import { type Filter, NO_FILTER } from './logic/filter'

const filters = new Map<string, Filter>()

/** The filter of a project, the same on its board and its list, or of another page; it begins with
 *  what the address says, if it says anything. */
export function useFilter(
  place: string,
  said: () => Filter | undefined,
): [Filter, (filter: Filter) => void] {
  const [filter, setFilter] = useState(() => said() ?? filters.get(place) ?? NO_FILTER)
  const change = (next: Filter) => {
    filters.set(place, next)
    setFilter(next)
  }
  return [filter, change]
}

/** Limit: queries that are remembered. */
const RECENT_MAX = 8
const RECENT_KEY = 'tenon.query.recent'

/** The queries of late, newest first; on this device. */
export function recentQueries(): string[] {
  const stored = readStored<unknown>(RECENT_KEY)
  return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string') : []
}

export function rememberQuery(text: string): void {
  const query = text.trim()
  if (query === '') return
  const next = [query, ...recentQueries().filter((one) => one !== query)]
  store(RECENT_KEY, next.slice(0, RECENT_MAX))
}

/** A stored choice; null where there is none or storage is kept away. */
export function readStored<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(key)
    return text === null ? null : (JSON.parse(text) as T)
  } catch {
    return null
  }
}

export function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Without storage the choice holds for this page.
  }
}
