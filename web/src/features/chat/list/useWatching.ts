// Whether a person looks at this window: visible and focused.

import { useSyncExternalStore } from 'react'

const EVENTS = ['focus', 'blur'] as const

function subscribe(notify: () => void): () => void {
  for (const event of EVENTS) window.addEventListener(event, notify)
  document.addEventListener('visibilitychange', notify)
  return () => {
    for (const event of EVENTS) window.removeEventListener(event, notify)
    document.removeEventListener('visibilitychange', notify)
  }
}

export function useWindowWatched(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible' && document.hasFocus(),
  )
}
