// The emoji that this person used last, kept in the browser; the first ones are offered on hover.

const KEY = 'tenon.emoji'
const FIRST = ['👍', '✅', '👀', '🎉', '❤️', '🙏', '😄', '🚀']

/** Newest first, filled up with the usual ones. */
export function recentEmoji(limit: number): string[] {
  return [...new Set([...stored(), ...FIRST])].slice(0, limit)
}

/** Remembers a use. */
export function usedEmoji(emoji: string) {
  const next = [emoji, ...stored().filter((known) => known !== emoji)].slice(0, 24)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Private windows may refuse to store; the usual ones stay.
  }
}

function stored(): string[] {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(known) ? known.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
