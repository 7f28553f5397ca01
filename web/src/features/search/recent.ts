// What was searched for lately, newest first; on this device.

const KEY = 'tenon.search.recent'
/** Limit: searches that are remembered. */
const RECENT_MAX = 8

export function recentSearches(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string') : []
  } catch {
    return []
  }
}

export function rememberSearch(text: string): void {
  const words = text.trim()
  if (words === '') return
  try {
    const next = [words, ...recentSearches().filter((one) => one !== words)]
    localStorage.setItem(KEY, JSON.stringify(next.slice(0, RECENT_MAX)))
  } catch {
    // Without storage nothing is lately.
  }
}
