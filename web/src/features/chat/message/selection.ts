// Which messages of a list are chosen to become one task. Pure: a choice goes in, the next one
// comes out; what may be chosen is the caller's to say.

import type { LocalMessage } from '../../../model/message'

/** Limit: messages that one task quotes, as on the server. */
export const QUOTES_MAX = 50

/** The chosen ones by id. */
export type Selection = ReadonlyMap<string, LocalMessage>

export const NOTHING: Selection = new Map()

/** With the message, or without it if it was in; the same when there is no room for more. */
export function toggled(selection: Selection, message: LocalMessage): Selection {
  const next = new Map(selection)
  if (next.delete(message.id)) return next
  if (next.size >= QUOTES_MAX) return selection
  return next.set(message.id, message)
}

/** With all of these, as far as there is room. */
export function joined(selection: Selection, messages: readonly LocalMessage[]): Selection {
  const next = new Map(selection)
  for (const message of messages) {
    if (next.size < QUOTES_MAX || next.has(message.id)) next.set(message.id, message)
  }
  return next
}

/**
 * One step from a message to its neighbour: both are in, unless both were; then the step goes
 * back and the first one is let go.
 */
export function stepped(selection: Selection, from: LocalMessage, to: LocalMessage): Selection {
  if (selection.has(from.id) && selection.has(to.id)) return toggled(selection, from)
  return joined(selection, [from, to])
}

/** In the order they were said: the task is made of the first and quotes the others. */
export function inOrder(selection: Selection): LocalMessage[] {
  return [...selection.values()].sort((a, b) => a.seq - b.seq)
}
