// Loads what floats (menus, dialogs, tooltips, pop-overs) after the first paint: nothing floats
// before somebody acts, and the first load stays small. Until it is there, triggers stand alone.

import { useSyncExternalStore } from 'react'
import { allTexts } from '../i18n'
import { persistently } from './persistently'

type Parts = typeof import('./parts')

let parts: Parts | undefined
let loading: Promise<Parts> | undefined
const listeners = new Set<() => void>()

/** Begins to load, once. */
export function loadFloating(): Promise<Parts> {
  loading ??= Promise.all([persistently(() => import('./parts')), allTexts()]).then(([loaded]) => {
    parts = loaded
    for (const listener of listeners) listener()
    return loaded
  })
  return loading
}

/** The parts; undefined until they are there. */
export function useFloating(): Parts | undefined {
  return useSyncExternalStore(subscribe, () => parts)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // This runs before the paint; the script comes after it.
  if (!loading) requestAnimationFrame(() => setTimeout(loadFloating))
  return () => listeners.delete(listener)
}
