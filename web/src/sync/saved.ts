// What the reader keeps for later, as entries move it. Pure; the same rules as the server's rows.

import type { Entry, Saved } from '../protocol'
import { takes } from './erasure'
import { excerptOf } from './notification'

type List = ReadonlyMap<string, Saved>

/** The list after the entry, by message; the same object if the entry does not concern it. */
export function savedAfter(list: List, { event }: Entry): List {
  switch (event.type) {
    case 'message_saved':
      return new Map([...list, [event.saved.message, event.saved]])
    case 'message_unsaved':
    case 'message_deleted':
      return without(list, (each) => each.message === event.message)
    case 'message_edited':
      return reworded(list, event.message, excerptOf(event.text))
    case 'kept_message_changed':
      return typeof event.excerpt === 'string'
        ? reworded(list, event.message, event.excerpt)
        : without(list, (each) => each.message === event.message)
    case 'messages_erased':
      return without(list, (each) => takes(event, each.message))
    case 'task_deleted':
      return without(list, (each) => each.task === event.task)
    case 'channel_lost':
      return without(list, (each) => each.channel === event.channel)
    case 'project_lost':
      return without(list, (each) => each.project === event.project)
    default:
      return list
  }
}

function reworded(list: List, message: string, excerpt: string): List {
  const known = list.get(message)
  return known ? new Map([...list, [message, { ...known, excerpt }]]) : list
}

function without(list: List, isGone: (saved: Saved) => boolean): List {
  const left = [...list].filter(([, each]) => !isGone(each))
  return left.length === list.size ? list : new Map(left)
}
