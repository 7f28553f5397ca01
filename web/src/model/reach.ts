// Who counts in a group: the same rule as the server's, for counts and lists. Pure.

import type { Group, Member } from '../protocol'

/** Ids of the people in each group that is not archived. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>

/** Active people who are no guests. */
export function isGrouped(member: Member): boolean {
  return member.active && member.kind !== 'bot' && member.role !== 'guest'
}

let last: { groups: readonly Group[]; members: readonly Member[]; reach: Reach } | undefined

/** Computed once for the same lists. */
export function reachOf(groups: readonly Group[], members: readonly Member[]): Reach {
  if (last?.groups === groups && last.members === members) return last.reach
  const counting = new Set(members.filter(isGrouped).map(({ id }) => id))
  const below = childrenOf(groups.filter(({ archived }) => !archived))
  const reach = new Map<string, Set<string>>()
  const fill = (group: Group): Set<string> => {
    const known = reach.get(group.id)
    if (known) return known
    const found = new Set((group.members ?? []).filter((id) => counting.has(id)))
    reach.set(group.id, found)
    for (const child of below.get(group.id) ?? []) for (const id of fill(child)) found.add(id)
    return found
  }
  for (const group of groups) fill(group)
  last = { groups, members, reach }
  return reach
}

/** The departments directly below each; those at the top under the empty text. */
export function childrenOf(groups: readonly Group[]): ReadonlyMap<string, Group[]> {
  const below = new Map<string, Group[]>()
  const there = new Set(groups.map(({ id }) => id))
  for (const group of groups) {
    if (group.kind !== 'department') continue
    const parent = group.parent && there.has(group.parent) ? group.parent : ''
    below.set(parent, [...(below.get(parent) ?? []), group])
  }
  return below
}

/** The names of the departments above one, the highest first. */
export function pathOf(groups: readonly Group[], group: Group): Group[] {
  const byId = new Map(groups.map((each) => [each.id, each]))
  const path: Group[] = []
  let above = group.parent ? byId.get(group.parent) : undefined
  while (above && !path.includes(above)) {
    path.unshift(above)
    above = above.parent ? byId.get(above.parent) : undefined
  }
  return path
}

/** A department and all below it. */
export function withBelow(groups: readonly Group[], id: string): ReadonlySet<string> {
  const below = childrenOf(groups)
  const found = new Set([id])
  for (const each of found) for (const child of below.get(each) ?? []) found.add(child.id)
  return found
}
