// Whether the buttons that format show over what one writes: chosen once, for all composers of this
// browser.

import { useSyncExternalStore } from 'react'

const KEY = 'tenon.format_bar'
const listeners = new Set<() => void>()

function isShown(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on'
  } catch {
    return false
  }
}

/** While the browser stores nothing: as long as the page lives. */
let shown = isShown()

export function useFormatBar(): boolean {
  return useSyncExternalStore(subscribe, () => shown)
}

export function showFormatBar(next: boolean): void {
  shown = next
  try {
    localStorage.setItem(KEY, next ? 'on' : 'off')
  } catch {
    // Private windows may refuse to store.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  // Another tab chose.
  const onStorage = (event: StorageEvent) => {
    if (event.key !== KEY) return
    shown = isShown()
    listener()
  }
  listeners.add(listener)
  addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', onStorage)
  }
}
