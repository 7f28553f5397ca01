// Light, dark, or like the system; remembered on this device. `public/theme.js` applies the same
// choice before the first paint.

import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'

const KEY = 'tenon.theme'
const listeners = new Set<() => void>()
const systemDark = matchMedia('(prefers-color-scheme: dark)')

export function theme(): Theme {
  try {
    const stored = localStorage.getItem(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => theme(),
  )
}

export function setTheme(next: Theme): void {
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // Without storage it cannot be kept.
  }
  apply()
  for (const listener of listeners) listener()
}

/** Shows the choice, and follows the system from now on. Called once at the start. */
export function startTheme(): void {
  systemDark.addEventListener('change', apply)
  addEventListener('storage', (event) => event.key === KEY && apply())
  apply()
}

function apply(): void {
  const chosen = theme()
  const shown = chosen === 'system' ? (systemDark.matches ? 'dark' : 'light') : chosen
  const root = document.documentElement
  root.dataset.theme = shown
  const colour = getComputedStyle(root).getPropertyValue('--side').trim()
  // One for each theme of the system; what is chosen here goes before.
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.setAttribute('content', colour)
  }
}
