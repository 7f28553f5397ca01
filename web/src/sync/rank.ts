// A place between two ranks of a board, for the moment until the server has given the real one.
// Ranks compare as text, byte by byte.

const FIRST = 0x30
const BEYOND = 0x7b

/** A text strictly after `below` and strictly before `above`; without one, at that end. */
export function rankBetween(below: string | undefined, above: string | undefined): string {
  let made = ''
  for (let at = 0; ; at += 1) {
    const low = below !== undefined && at < below.length ? below.charCodeAt(at) : FIRST - 1
    const high = above !== undefined && at < above.length ? above.charCodeAt(at) : BEYOND
    if (high - low > 1) return made + String.fromCharCode(Math.floor((low + high) / 2))
    made += String.fromCharCode(Math.max(low, FIRST - 1))
    // One step under the upper bound: nothing that follows can reach it any more.
    if (low < high) return made + rankBetween(below?.slice(at + 1), undefined)
  }
}

/** Order of cards: by rank, equal ranks by number. */
export function byRank(a: { rank: string; number: number }, b: typeof a): number {
  if (a.rank === b.rank) return a.number - b.number
  return a.rank < b.rank ? -1 : 1
}
