// The order of a list that is changed before it is saved. Pure.

import type { Edge } from '../useOrder'

/** What is put in order. */
interface Item {
  id: string
}

/** The item at another index; the same array where there is none. */
export function placeAt<T extends Item>(items: readonly T[], id: string, to: number): readonly T[] {
  const from = items.findIndex((item) => item.id === id)
  const item = items[from]
  if (!item || to < 0 || to >= items.length || to === from) return items
  return items.toSpliced(from, 1).toSpliced(to, 0, item)
}

/** The item so many places down, or up; the same array beyond the ends. */
export function shift<T extends Item>(items: readonly T[], id: string, by: number): readonly T[] {
  return placeAt(items, id, items.findIndex((item) => item.id === id) + by)
}

/** The item at an edge of another. */
export function placeBeside<T extends Item>(
  items: readonly T[],
  id: string,
  beside: string,
  edge: Edge,
): readonly T[] {
  const others = items.filter((item) => item.id !== id)
  const at = others.findIndex((item) => item.id === beside)
  return at < 0 ? items : placeAt(items, id, at + (edge === 'bottom' ? 1 : 0))
}
