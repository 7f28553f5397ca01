// Changes of a workflow's states before they are saved. Pure.

import type { Category, State } from '../../../protocol'

/** In the order of their meaning. */
export const CATEGORIES: readonly Category[] = ['backlog', 'todo', 'doing', 'done', 'cancelled']

/** Limit: states of one workflow. */
export const STATES_MAX = 40

/** An id for a new state: from its name where that has letters, unique in the workflow. */
export function newStateId(name: string, states: readonly State[]): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 32)
  const base = letters || 'state'
  const taken = new Set(states.map((state) => state.id))
  if (!taken.has(base)) return base
  for (let number = 2; ; number++) {
    if (!taken.has(`${base}_${number}`)) return `${base}_${number}`
  }
}

/** What is wrong with a workflow, by the reader's catalogue; null if it may be saved. */
export function workflowFault(
  states: readonly State[],
): 'no_name' | 'same_name' | 'no_open' | null {
  const names = states.map((state) => state.name.trim().toLowerCase())
  if (names.some((name) => name === '')) return 'no_name'
  if (new Set(names).size < names.length) return 'same_name'
  const open = states.some(({ category }) => category !== 'done' && category !== 'cancelled')
  return open ? null : 'no_open'
}
