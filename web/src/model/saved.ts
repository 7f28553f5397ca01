// What the reader keeps for later, perhaps with a time to be reminded.

import type { Saved } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'
import { useWatch } from './watch'

export type { Saved }

/** All of it: the next reminder first, then the newest. */
export function useSaved(): readonly Saved[] {
  return useWatch('saved', () => client.view.saved())
}

/** Undefined where the message is not kept. */
export function savedMessage(message: string): Saved | undefined {
  return client.view.savedMessage(message)
}

/** Keeps it, or changes when one is reminded. */
export function saveMessage(message: string, remindAt: Date | undefined): Sent {
  return client.execute({ type: 'save_message', message, remind_at: remindAt?.toISOString() })
}

export function unsaveMessage(message: string): Sent {
  return client.execute({ type: 'unsave_message', message })
}
