// Where one was in each conversation, while the page lives: so that coming back finds the same
// words at the same height.

import type { CacheSnapshot } from 'virtua'

export interface Place {
  /** At the newest message. */
  bottom: boolean
  /** The first message in sight, and how far above its top edge the view begins, px. */
  message: string
  offset: number
  /** Measured heights, good for a list of `count` rows that begins with `first`. */
  cache: CacheSnapshot
  count: number
  first: string
}

/** Limit: conversations remembered. */
const PLACES_MAX = 50
const places = new Map<string, Place>()

export function placeOf(key: string): Place | undefined {
  return places.get(key)
}

export function keepPlace(key: string, place: Place) {
  places.delete(key)
  places.set(key, place)
  if (places.size > PLACES_MAX) places.delete(places.keys().next().value as string)
}
