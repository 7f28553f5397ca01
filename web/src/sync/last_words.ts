// Drafts and commands of a page that ends before the disk has confirmed them. Local storage is
// written when the call returns, IndexedDB later: its write may come after the next page has read,
// or never.

const PREFIX = 'tenon.last-words:'

export type Draft = readonly [key: string, text: string]

/** Keeps it for the next page of `owner`, under a name of its own. */
export function leaveLastWords(owner: string, name: string, value: unknown): void {
  try {
    localStorage.setItem(`${PREFIX}${owner}:${name}`, JSON.stringify(value))
  } catch {
    // Full or forbidden: what IndexedDB gets is all there is.
  }
}

/** What pages of `owner` left under names that begin so, by name. */
export function lastWords<T>(owner: string, name: string): Map<string, T> {
  try {
    const read = (key: string) => JSON.parse(localStorage.getItem(key) ?? '') as T
    const start = PREFIX.length + owner.length + 1
    return new Map(keysOf(owner, name).map((key) => [key.slice(start), read(key)]))
  } catch {
    return new Map()
  }
}

/** Forgets what was left under names that begin so. */
export function forgetLastWords(owner: string, name = ''): void {
  try {
    for (const key of keysOf(owner, name)) localStorage.removeItem(key)
  } catch {
    // Forbidden: there is nothing.
  }
}

function keysOf(owner: string, name: string): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${owner}:${name}`))
}
