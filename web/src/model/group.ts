// Groups: departments in a tree, free groups, and who is in them.

import type { CommandOf, Group, Member } from '../protocol'
import { client } from '../sync/client'
import { isAdmin, useMembers } from './member'
import type { Sent } from './pending'
import { type Reach, reachOf } from './reach'
import { useWatch } from './watch'

/** All of them, archived ones too, by name. None for guests. */
export function useGroups(): readonly Group[] {
  return useWatch('groups', () => client.view.groups())
}

export function useGroup(id: string | undefined): Group | undefined {
  return useGroups().find((group) => group.id === id)
}

/** Who counts in each group, those of the departments below it too. */
export function useReach(): Reach {
  return reachOf(useGroups(), useMembers())
}

/** How many one message may tell by naming a group: anybody, and those who manage it. */
export function groupMentionBounds() {
  const limits = client.limits
  return {
    anybody: limits?.group_mention_members_max ?? 100,
    managers: limits?.large_group_mention_members_max ?? 1_000,
  }
}

/** Administrators, and the managers of a free group. */
export function canManageGroup(me: Member, group: Group): boolean {
  const manages = group.kind === 'free' && (group.managers?.includes(me.id) ?? false)
  return isAdmin(me) || (manages && me.role !== 'guest')
}

export function createGroup(fields: Omit<CommandOf<'create_group'>, 'type' | 'id'>): Sent {
  return client.create({ type: 'create_group', ...fields })
}

export function updateGroup(
  group: string,
  changes: Omit<CommandOf<'update_group'>, 'type' | 'group'>,
): Sent {
  return client.execute({ type: 'update_group', group, ...changes })
}

export function changeGroupMembers(
  group: string,
  changes: Omit<CommandOf<'change_group_members'>, 'type' | 'group'>,
): Sent {
  return client.execute({ type: 'change_group_members', group, ...changes })
}

export function deleteGroup(group: string): Sent {
  return client.execute({ type: 'delete_group', group })
}
