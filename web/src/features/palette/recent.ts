// What was chosen in the palette lately, newest first; on this device.

const KEY = 'tenon.palette.recent'
/** Limit: choices that are remembered. */
const RECENT_MAX = 30

/** Ids of palette items, newest first. */
export function recentItems(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

export function rememberItem(id: string): void {
  try {
    const next = [id, ...recentItems().filter((one) => one !== id)].slice(0, RECENT_MAX)
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Without storage nothing is lately.
  }
}
