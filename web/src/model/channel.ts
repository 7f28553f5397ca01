// Channels, the reader's place in them, and who else is there.

import { useEffect } from 'react'
import type { Channel, ChannelRole, CommandOf, Member, Membership } from '../protocol'
import { client } from '../sync/client'
import { isAdmin } from './member'
import { afterPaint } from './paint'
import type { Sent } from './pending'
import { useWatch } from './watch'

/** All that the reader knows of, by name; direct ones too, archived ones last. */
export function useChannels(): readonly Channel[] {
  return useWatch('channels', () => client.view.channels())
}

export function useChannel(id: string | undefined): Channel | undefined {
  return useWatch(`channel:${id}`, () => (id ? client.view.channel(id) : undefined))
}

/** Undefined where the reader is not in the channel. */
export function useMembership(channelId: string | undefined): Membership | undefined {
  return useWatch(`membership:${channelId}`, () =>
    channelId ? client.view.membership(channelId) : undefined,
  )
}

/** All of the reader's memberships, in no order. */
export function useMemberships(): readonly Membership[] {
  return useWatch('memberships', () => client.view.memberships())
}

/** Ids of who is in the channel; undefined until loaded. Kept live afterwards. */
export function useChannelMembers(channelId: string): readonly string[] | undefined {
  useEffect(() => afterPaint(() => client.roster.open(`channel:${channelId}`)), [channelId])
  return useWatch(`roster:channel:${channelId}`, () => client.view.roster(`channel:${channelId}`))
}

/** What a channel is called: a direct one by its other members. */
export function channelName(channel: Channel): string {
  return client.view.channelName(channel)
}

/** The name, renewed when a member of a direct channel is renamed. */
export function useChannelName(channelId: string | undefined): string {
  return useWatch(`channel-name:${channelId}`, () => {
    const channel = channelId ? client.view.channel(channelId) : undefined
    return channel ? client.view.channelName(channel) : ''
  })
}

type Asker = Pick<Member, 'id' | 'role'>

/** Whether the member, who is in the channel, is one of its managers; administrators aside. */
export function isManager(channel: Channel, member: Asker): boolean {
  if (channel.created_by === member.id) return true
  return member.role !== 'guest' && (channel.managers?.includes(member.id) ?? false)
}

/** Whether the member, who is in the channel, says who posts in it, archives it and the like. */
export function canManage(channel: Channel, member: Asker): boolean {
  return isManager(channel, member) || isAdmin(member)
}

/** Whether the member, who is in the channel, may say something new in it, or reply. */
export function canSay(channel: Channel, member: Asker, isReply: boolean): boolean {
  const rule = isReply ? channel.replying : channel.posting
  return rule !== 'managers' || canManage(channel, member)
}

/** Whether the member, who is in the channel, changes its words, pins, bookmarks and feeds. */
export function canKeep(channel: Channel, member: Asker): boolean {
  return channel.posting !== 'managers' || canManage(channel, member)
}

export function changeChannelRole(channel: string, member: string, role: ChannelRole): Sent {
  return client.execute({ type: 'change_channel_role', channel, member, role })
}

export function createChannel(fields: Omit<CommandOf<'create_channel'>, 'type' | 'id'>): Sent {
  return client.create({ type: 'create_channel', ...fields })
}

/** The direct channel with these others: the one there is, or a new one. */
export async function openDirect(others: string[]): Promise<string> {
  const known = client.view.directWith(others)
  if (known) return known
  const sent = client.create({ type: 'open_direct', members: others })
  return (await sent.settled).id ?? sent.id
}

export function updateChannel(
  channel: string,
  changes: Omit<CommandOf<'update_channel'>, 'type' | 'channel'>,
): Sent {
  return client.execute({ type: 'update_channel', channel, ...changes })
}

export function joinChannel(channel: string): Sent {
  return addChannelMember(channel, client.view.me().id)
}

export function leaveChannel(channel: string): Sent {
  return removeChannelMember(channel, client.view.me().id)
}

export function addChannelMember(channel: string, member: string): Sent {
  return client.execute({ type: 'add_channel_member', channel, member })
}

export function removeChannelMember(channel: string, member: string): Sent {
  return client.execute({ type: 'remove_channel_member', channel, member })
}

/** Seq of the newest entry that the reader has: beyond every reply and mention seen so far. */
export function headSeq(): number {
  return client.view.replica.seq
}

/** Everything that is here by now: in these channels, or in all. Does nothing if that is so. */
export function markAllRead(channels?: string[]): void {
  const isNew = ({ channel, unread, mentions }: Membership) =>
    (channels?.includes(channel) ?? true) && (unread > 0 || mentions > 0)
  if (!client.view.memberships().some(isNew)) return
  client.execute({ type: 'mark_all_read', seq: headSeq(), channels })
}

/** Read up to and including `seq`. Does nothing if that is so already. */
export function markRead(channel: string, seq: number): void {
  const membership = client.view.membership(channel)
  const nothingNew = membership && membership.unread === 0 && membership.mentions === 0
  if (!membership || (seq === membership.read && nothingNew)) return
  client.execute({ type: 'mark_read', channel, seq })
}
