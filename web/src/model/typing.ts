// Who is typing: a signal, never stored.

import { client } from '../sync/client'
import { type Conversation, conversationKey } from '../sync/window'
import { useWatch } from './watch'

/** Ids of the others who are typing there now. */
export function useTyping(conversation: Conversation): readonly string[] {
  const key = conversationKey(conversation)
  return useWatch(`typing:${key}`, () => client.signals.typing(key))
}

/** Tells that the reader is typing. Call on every keystroke; sent at most every 3 s. */
export function sendTyping(conversation: Conversation): void {
  client.signals.sendTyping(conversation)
}
