// Drafts of a page that ends before the disk has confirmed them. Local storage is written when the
// call returns, IndexedDB later: its write may come after the next page has read, or never.

const PREFIX = 'tenon.last-words:'

type Draft = readonly [key: string, text: string]

/** Keeps drafts for the next page of `owner`; the answer takes them away again. */
export function leaveLastWords(owner: string, page: string, drafts: readonly Draft[]): () => void {
  const key = `${PREFIX}${owner}:${page}`
  try {
    localStorage.setItem(key, JSON.stringify(drafts))
  } catch {
    // Full or forbidden: what IndexedDB gets is all there is.
  }
  return () => localStorage.removeItem(key)
}

/** What pages of `owner` left, and how to forget it. An empty text is a draft that is gone. */
export function lastWords(owner: string): { drafts: Draft[]; forget: () => void } {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${owner}:`))
    return {
      drafts: keys.flatMap((key) => JSON.parse(localStorage.getItem(key) ?? '[]') as Draft[]),
      forget: () => {
        for (const key of keys) localStorage.removeItem(key)
      },
    }
  } catch {
    return { drafts: [], forget: () => {} }
  }
}
