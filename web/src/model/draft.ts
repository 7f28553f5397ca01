// Drafts: what was typed and not sent, kept on this device through everything.

import { useCallback } from 'react'
import { client } from '../sync/client'
import { useWatch } from './watch'

/** The draft of a key (such as `channel:ID`) and how to change it; empty means none. */
export function useDraft(key: string): [string, (text: string) => void] {
  const text = useWatch(`draft:${key}`, () => client.drafts.get(key))
  const set = useCallback((next: string) => client.drafts.set(key, next), [key])
  return [text, set]
}
