// Tells whether a key belongs to an input method, so that Enter that accepts a candidate never
// sends. Called by the composer with the DOM's own events; keeps no timer.

/** What is remembered between events. */
export interface Composition {
  active: boolean
  /** Time stamp of the last compositionend that no keyup has followed yet, ms; 0 for none. */
  endedAt: number
}

/** The parts of a KeyboardEvent that matter here. */
export interface Key {
  isComposing: boolean
  keyCode: number
  timeStamp: number
}

export const composition = (): Composition => ({ active: false, endedAt: 0 })

export function compositionStarted(state: Composition) {
  state.active = true
  state.endedAt = 0
}

export function compositionEnded(state: Composition, timeStamp: number) {
  state.active = false
  state.endedAt = timeStamp
}

export function keyReleased(state: Composition) {
  state.endedAt = 0
}

/**
 * Invariant: true for every key that an input method consumes.
 * Chromium and Firefox say so (`isComposing`), or give code 229. WebKit ends the composition
 * before the keydown of the same Enter, sometimes without 229: that keydown follows at once,
 * before any key is released.
 */
export function composes(state: Composition, key: Key): boolean {
  if (state.active || key.isComposing || key.keyCode === 229) return true
  return state.endedAt !== 0 && key.timeStamp - state.endedAt < SAME_KEY_MS
}

/** The keydown of the Enter that ended a composition comes within this; a second press does not. */
const SAME_KEY_MS = 60
