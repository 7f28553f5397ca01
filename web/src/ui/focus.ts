// Moves the focus to a row that may not be there yet. A virtual list mounts a row some frames after
// the scroll, and hidden, thus deaf, until it is measured. Keys pressed until then are meant for
// that row, not for the one that still has the focus: they wait, and are given to it in order.

import { flushSync } from 'react-dom'

/** Limit: frames that a row may take to be there. */
export const FOCUS_FRAMES_MAX = 30
/** Limit: keys that wait for it; what is pressed beyond them is dropped. */
export const FOCUS_KEYS_MAX = 32

interface Way {
  find: () => HTMLElement | null | undefined
  /** What had the focus when the way began; keys on it, or on nothing, are those that wait. */
  from: Element | null
  keys: KeyboardEvent[]
  frame: number
}

/** There is one focus, so there is one way. */
let underway: Way | null = null

/** At once if the row is there, else as soon as it is. A later call takes the place of this one. */
export function focusOnceThere(find: Way['find']) {
  const keys = underway?.keys ?? []
  stop()
  underway = { find, from: document.activeElement, keys, frame: 0 }
  document.addEventListener('keydown', hold, true)
  document.addEventListener('focusin', leave, true)
  arrive(underway, FOCUS_FRAMES_MAX)
}

function arrive(way: Way, frames: number) {
  const row = way.find()
  document.removeEventListener('focusin', leave, true)
  row?.focus({ preventScroll: true })
  document.addEventListener('focusin', leave, true)
  const there = row && document.activeElement === row
  if (!there && frames > 0) {
    way.frame = requestAnimationFrame(() => arrive(way, frames - 1))
    return
  }
  stop()
  // Not within somebody's effect or handler: what the keys do is drawn one by one.
  if (there && way.keys.length > 0) queueMicrotask(() => give(way.keys))
}

/** One after the other: each acts on what the one before it has done, and may move the focus on. */
function give(keys: KeyboardEvent[]) {
  for (let key = keys.shift(); key; key = keys.shift()) {
    const again = new KeyboardEvent('keydown', key)
    const target = document.activeElement ?? document.body
    flushSync(() => target.dispatchEvent(again))
    if (underway) {
      underway.keys.push(...keys)
      return
    }
  }
}

function hold(event: KeyboardEvent) {
  const way = underway
  const { target } = event
  if (!way || event.isComposing || event.ctrlKey || event.metaKey) return
  if (target !== way.from && target !== document.body) return
  // The browser itself moves on from where the focus is now.
  if (event.key === 'Tab') return stop()
  event.preventDefault()
  event.stopImmediatePropagation()
  if (way.keys.length < FOCUS_KEYS_MAX) way.keys.push(event)
}

/** Somebody put the focus elsewhere. */
function leave() {
  stop()
}

function stop() {
  if (underway) cancelAnimationFrame(underway.frame)
  underway = null
  document.removeEventListener('keydown', hold, true)
  document.removeEventListener('focusin', leave, true)
}
