/**
 * A provisional place between two neighbours of a board's column, for the optimistic overlay.
 * The server's rank replaces it with the confirming entry; nothing of this is ever sent.
 */
const LOW = 0x21 // "!"
const HIGH = 0x7e // "~"

/** A text that sorts after `above` and before `below`, byte by byte; null is the column's end. */
export function rankBetween(above: string | null, below: string | null): string {
  const low = above ?? ''
  let high = below
  let rank = ''
  for (let i = 0; ; i++) {
    const from = i < low.length ? low.charCodeAt(i) : LOW - 1
    const to = high === null ? HIGH + 1 : i < high.length ? high.charCodeAt(i) : LOW - 1
    // Equal or reversed neighbours leave no room: sort directly after the upper one.
    if (to < from || (to === from && from < LOW)) return low + String.fromCharCode((LOW + HIGH) >> 1)
    const middle = (from + to) >> 1
    if (to - from > 1 && middle > LOW) return rank + String.fromCharCode(middle)
    // Never end on the lowest digit: nothing would fit below it.
    const digit = Math.max(from, LOW)
    rank += String.fromCharCode(digit)
    if (to > digit) high = null
  }
}

/** Board order: by rank as text, ties by id so that every screen agrees. */
export function compareRank(a: Ranked, b: Ranked): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

interface Ranked {
  id: string
  rank: string
}
