// What the reader sends later, as entries move it. Pure; the same rules as the server's rows.

import type { Entry, Scheduled } from '../protocol'

type List = ReadonlyMap<string, Scheduled>

/** The list after the entry, by message; the same object if the entry does not concern it. */
export function scheduledAfter(list: List, { event }: Entry): List {
  switch (event.type) {
    case 'message_scheduled':
      return new Map([...list, [idOf(event.scheduled), event.scheduled]])
    case 'scheduled_removed':
      return list.has(event.message)
        ? new Map([...list].filter(([id]) => id !== event.message))
        : list
    default:
      return list
  }
}

/** That of the message later. */
export function idOf(scheduled: Scheduled): string {
  return scheduled.message.id ?? ''
}
