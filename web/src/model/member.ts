// People and bots, and what the reader may do.

import type { CommandOf, Member, Role, Workspace } from '../protocol'
import { client } from '../sync/client'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** The reader. Only rendered inside the signed-in frame. */
export function useMe(): Member {
  return useWatch('me', () => client.view.me())
}

export function useWorkspace(): Workspace {
  return useWatch('workspace', () => client.view.workspace())
}

export function useMember(id: string | undefined): Member | undefined {
  return useWatch(`member:${id}`, () => (id ? client.view.member(id) : undefined))
}

/** Everyone, active first, then by name in the reader's language. */
export function useMembers(): readonly Member[] {
  return useWatch('members', () => client.view.members())
}

export function useOnline(memberId: string | undefined): boolean {
  return useWatch(`online:${memberId}`, () => !!memberId && client.signals.isOnline(memberId))
}

/** Owners and administrators. */
export function isAdmin(member: Pick<Member, 'role'>): boolean {
  return member.role === 'owner' || member.role === 'admin'
}

export function updateMember(
  member: string,
  changes: Omit<CommandOf<'update_member'>, 'type' | 'member'>,
): Sent {
  return client.execute({ type: 'update_member', member, ...changes })
}

export function changeRole(member: string, role: Role): Sent {
  return client.execute({ type: 'change_role', member, role })
}

export function deactivateMember(member: string): Sent {
  return client.execute({ type: 'deactivate_member', member })
}

export function reactivateMember(member: string): Sent {
  return client.execute({ type: 'reactivate_member', member })
}

export function renameWorkspace(name: string): Sent {
  return client.execute({ type: 'rename_workspace', name })
}
