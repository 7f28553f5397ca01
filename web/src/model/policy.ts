// The rules of the workspace, what they allow the reader, and how administrators change them.

import type { ChangePolicy, Channel, Member, Policy, Workspace } from '../protocol'
import { client } from '../sync/client'
import { policyOf } from '../sync/policy'
import { canManage } from './channel'
import { isAdmin, useMe, useWorkspace } from './member'

const MINUTE_MS = 60_000

export function usePolicy(): Policy {
  return policyOf(useWorkspace())
}

/** Whether `minutes`, where they are given, have not passed since `at`. */
export function isInTime(minutes: number | null | undefined, at: string, now = Date.now()) {
  return minutes == null || now < Date.parse(at) + minutes * MINUTE_MS
}

/** Whether the reader lets people in: all of them with any role, or members alone. */
export function mayInvite(me: Pick<Member, 'role'>, policy: Policy): boolean {
  return isAdmin(me) || (policy.inviters === 'members' && me.role !== 'guest')
}

/**
 * A mention of all of a channel, by how many are in it: above `asked` it is asked about first,
 * above `told` (the server's `CHANNEL_MENTION_MEMBERS_MAX`) it notifies nobody.
 */
export const everyoneBounds = { asked: 50, told: 1_000 }

/** Whether the reader may mention all of a channel that they are in. */
export function useMayMentionEveryone(channel: Channel): boolean {
  const me = useMe()
  const { everyone_mentioners } = usePolicy()
  if (channel.kind === 'direct') return false
  return everyone_mentioners !== 'managers' || canManage(channel, me)
}

/** Whether an author may still edit it. */
export function mayEdit(policy: Policy, message: { at: string }): boolean {
  return isInTime(policy.edit_minutes, message.at)
}

/** Whether an author may still delete it. */
export function mayDelete(policy: Policy, message: { at: string }): boolean {
  return isInTime(policy.delete_minutes, message.at)
}

/** Throws `Refused`. Sessions that have ended under the new rules end at once. */
export function changePolicy(change: ChangePolicy): Promise<Policy> {
  return client.patch<Policy>('/workspace/policy', change)
}

/** Throws `Refused`. */
export function changeMailDomains(domains: string[]): Promise<void> {
  return client.put<void>('/workspace/mail-domains', { domains })
}

/** Throws `Refused`. */
export function uploadLogo(picture: Blob): Promise<Workspace> {
  return client.put<Workspace>('/workspace/logo', picture)
}

/** Throws `Refused`. */
export function removeLogo(): Promise<void> {
  return client.delete<void>('/workspace/logo')
}

/** Throws `Refused`. The reader stays. */
export function signOutEveryone(): Promise<void> {
  return client.post<void>('/workspace/sign-out-everyone')
}

/** What the operator of the server allows for one file, bytes. */
export function operatorFileBytesMax(): number | undefined {
  return client.limits?.file_bytes_max
}
