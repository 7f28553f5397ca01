// Which messages are new to whoever looks at a conversation. Pure.

import type { LocalMessage } from '../../../model/message'

/** Limit: messages of one burst that are read out; the others are there to be read. */
export const HEARD_MAX = 3

/**
 * Messages of others that came behind what was there. None where what was there is gone: then
 * another page was opened.
 */
export function cameSince(
  before: readonly LocalMessage[],
  now: readonly LocalMessage[],
  me: string,
): LocalMessage[] {
  const last = before.findLast((message) => !message.local)
  const at = last ? now.findLastIndex(({ id }) => id === last.id) : -1
  if (last && at < 0) return []
  const came = now
    .slice(at + 1)
    .filter((each) => !each.local && !each.deleted && each.author !== me)
  return came.slice(-HEARD_MAX)
}
