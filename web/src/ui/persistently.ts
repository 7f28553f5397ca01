// Loads parts of the page that nobody waits for yet. Without a connection they stay away, and the
// page lives on; they come when there is one again.

/** Milliseconds until the next attempt, unless the connection comes back before. */
const RETRY_MS = 5_000

/** What `load` gives, as soon as it succeeds. Never rejects. */
export async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load()
    } catch {
      await nextChance()
    }
  }
}

function nextChance(): Promise<void> {
  return new Promise((resolve) => {
    const tryNow = () => {
      clearTimeout(timer)
      removeEventListener('online', tryNow)
      resolve()
    }
    const timer = setTimeout(tryNow, RETRY_MS)
    addEventListener('online', tryNow)
  })
}
