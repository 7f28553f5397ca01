// How components read the replica: one subscription per thing shown, never the whole store.

import { useCallback, useSyncExternalStore } from 'react'
import { client } from '../sync/client'

/** Renders again when the view says that `key` changed. `read` must return a kept value. */
export function useWatch<T>(key: string, read: () => T): T {
  const subscribe = useCallback((notify: () => void) => client.view.subscribe(key, notify), [key])
  return useSyncExternalStore(subscribe, read)
}
