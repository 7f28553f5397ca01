// Who comes into a channel, project or space, and who goes, by one event. Pure.

import type { Event } from '../protocol'
import { rosterKey } from './topic'

export interface Move {
  /** `channel:ID`, `project:ID` or `space:ID`. */
  key: string
  added: readonly string[]
  removed: readonly string[]
}

/** Undefined if the event moves nobody. */
export function moveOf(event: Event): Move | undefined {
  switch (event.type) {
    case 'channel_member_added':
      return { key: `channel:${event.channel}`, added: [event.member], removed: [] }
    case 'channel_member_removed':
      return { key: `channel:${event.channel}`, added: [], removed: [event.member] }
    case 'channel_members_changed':
      return many(`channel:${event.channel}`, event)
    case 'project_member_added':
      return { key: `project:${event.project}`, added: [event.member], removed: [] }
    case 'project_member_removed':
      return { key: `project:${event.project}`, added: [], removed: [event.member] }
    case 'space_members_changed':
      return many(`space:${event.space}`, event)
    default:
      return undefined
  }
}

/** One pass however many they are. */
export function moved(members: readonly string[], { added, removed }: Move): readonly string[] {
  const touched = new Set([...added, ...removed])
  return [...members.filter((member) => !touched.has(member)), ...added]
}

/** The space or channel in which it may be for another reason now that somebody is there. */
export function reasonsOf(event: Event): string | undefined {
  if (event.type === 'group_followed') return rosterKey(event.roster)
  if (event.type === 'space_members_named') return `space:${event.space}`
  if (event.type === 'channel_member_named') return `channel:${event.channel}`
  return moveOf(event)?.key
}

interface Many {
  added?: string[]
  removed?: string[]
}

function many(key: string, { added = [], removed = [] }: Many): Move {
  return { key, added, removed }
}
