// Drafts: what was typed and not sent, kept on this device through everything; those of
// conversations are on all of the reader's devices.

import { useCallback } from 'react'
import { client } from '../sync/client'
import type { DraftView } from '../sync/draft_sync'
import { useWatch } from './watch'

export type { DraftView }

/** The draft of a key (such as `channel:ID`) and how to change it; empty means none. */
export function useDraft(key: string): [string, (text: string) => void] {
  const text = useWatch(`draft:${key}`, () => client.drafts.get(key))
  const set = useCallback((next: string) => client.drafts.set(key, next), [key])
  return [text, set]
}

/** What stands there now; empty means none. */
export function draftText(key: string): string {
  return client.drafts.get(key)
}

export function setDraft(key: string, text: string): void {
  client.drafts.set(key, text)
}

/** All conversations with something unsent, the last changed first. */
export function useDrafts(): readonly DraftView[] {
  return useWatch('drafts', () => client.draftSync.list())
}

/** What other devices had typed in a conversation while this one typed something else. */
export function useSetAside(home: string): readonly string[] {
  return useWatch(`draft:${home}`, () => client.draftSync.setAside(home))
}

/** Puts what was set aside behind the draft, or drops it. */
export function settleSetAside(home: string, keep: boolean): void {
  client.draftSync.settle(home, keep)
}
