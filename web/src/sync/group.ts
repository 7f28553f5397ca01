// What one entry does to the groups, exactly as the server's rows change. Pure.

import type { Entry, Group } from '../protocol'

type Groups = ReadonlyMap<string, Group>

/** The groups after the entry; the same object if the entry does not concern them. */
export function groupsAfter(groups: Groups, { event }: Entry): Groups {
  switch (event.type) {
    case 'group_created':
      return new Map(groups).set(event.group.id, event.group)
    case 'group_changed': {
      const members = groups.get(event.group.id)?.members
      const group = members ? { ...event.group, members } : event.group
      return new Map(groups).set(group.id, group)
    }
    case 'group_members_changed': {
      const group = groups.get(event.group)
      if (!group) return groups
      return new Map(groups).set(group.id, withMembers(group, event.added, event.removed))
    }
    case 'group_deleted': {
      const left = new Map(groups)
      left.delete(event.group)
      return left
    }
    default:
      return groups
  }
}

/** With some more members and without others, by id; none at all is absent, as on the wire. */
export function withMembers(
  group: Group,
  added: readonly string[] = [],
  removed: readonly string[] = [],
): Group {
  const gone = new Set(removed)
  const members = new Set([...(group.members ?? []), ...added].filter((id) => !gone.has(id)))
  const { members: _, ...rest } = group
  return members.size > 0 ? { ...rest, members: [...members].sort() } : rest
}
