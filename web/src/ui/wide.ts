// Whether there is room for the side bar beside the page: what `md:` is in class names.

import { useSyncExternalStore } from 'react'

const query = matchMedia('(min-width: 768px)')

export function isWide(): boolean {
  return query.matches
}

export function useWide(): boolean {
  return useSyncExternalStore(watch, isWide)
}

function watch(onChange: () => void): () => void {
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
