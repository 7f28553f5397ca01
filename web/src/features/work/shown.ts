// What a board or list shows and how, remembered: filters while the page lives, choices of layout
// on this device.

import { useState } from 'react'
import { type Filter, NO_FILTER } from './logic/filter'

const filters = new Map<string, Filter>()

/** The filter of a project, the same on its board and its list. */
export function useFilter(project: string): [Filter, (filter: Filter) => void] {
  const [filter, setFilter] = useState(filters.get(project) ?? NO_FILTER)
  const change = (next: Filter) => {
    filters.set(project, next)
    setFilter(next)
  }
  return [filter, change]
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
