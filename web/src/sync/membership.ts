// Read positions and counts of one channel, as entries move them. Pure; the same rules as the
// server's. Own words are read; cards count for nobody.

import type { Entry, EventOf, Membership } from '../protocol'
import { mentionedIn } from './message'

/** The membership after the entry; the same object if the entry does not concern it. */
export function membershipAfter(membership: Membership, entry: Entry, me: string): Membership {
  const { event } = entry
  switch (event.type) {
    case 'message_posted':
      return event.message.channel === membership.channel
        ? posted(membership, entry.seq, event, me)
        : membership
    case 'message_edited': {
      if (event.channel !== membership.channel || entry.actor === me) return membership
      if (event.message_seq <= membership.read) return membership
      const before = mentions(me, event.mentions_before, event.mentions_channel_before)
      const after = mentions(me, mentionedIn(event), event.mentions_channel)
      if (before === after) return membership
      return { ...membership, mentions: membership.mentions + (after ? 1 : -1) }
    }
    case 'message_deleted': {
      if (event.channel !== membership.channel || event.author === me) return membership
      if (event.message_seq <= membership.read) return membership
      const mentioned = mentions(me, event.mentions, event.mentions_channel)
      return {
        ...membership,
        unread: Math.max(0, membership.unread - (stands(event) ? 1 : 0)),
        mentions: Math.max(0, membership.mentions - (mentioned ? 1 : 0)),
      }
    }
    case 'messages_erased':
      return event.channel === membership.channel ? erased(membership, event, me) : membership
    case 'read_marked':
      if (event.channel !== membership.channel) return membership
      return {
        ...membership,
        read: event.read,
        unread: event.unread,
        mentions: event.mentions,
      }
    case 'all_read_marked': {
      const mark = event.marks.find(({ channel }) => channel === membership.channel)
      return mark
        ? { ...membership, read: event.read, unread: mark.unread, mentions: mark.mentions }
        : membership
    }
    default:
      return membership
  }
}

function posted(
  membership: Membership,
  seq: number,
  { message }: EventOf<'message_posted'>,
  me: string,
): Membership {
  if (message.card) return membership
  const inStream = stands(message)
  const last = inStream ? seq : membership.last
  if (message.author === me) {
    if (!inStream) return membership
    return { ...membership, last, read: seq, unread: 0, mentions: 0 }
  }
  const mentioned = mentions(me, mentionedIn(message), message.mentions_channel)
  return {
    ...membership,
    last,
    unread: membership.unread + (inStream ? 1 : 0),
    mentions: membership.mentions + (mentioned ? 1 : 0),
  }
}

/** Those that were unread until now are not there any more. */
function erased(
  membership: Membership,
  { messages }: EventOf<'messages_erased'>,
  me: string,
): Membership {
  const counted = messages.filter(
    (each) => !each.deleted && each.author !== me && each.seq > membership.read,
  )
  if (counted.length === 0) return membership
  const unread = counted.filter(stands).length
  const mentioned = counted.filter((each) => mentions(me, each.mentions, each.mentions_channel))
  return {
    ...membership,
    unread: Math.max(0, membership.unread - unread),
    mentions: Math.max(0, membership.mentions - mentioned.length),
  }
}

/** Whether it stands in its channel: outside threads, or a reply that is shown there too. */
function stands(message: { thread?: string | null; in_channel?: boolean }): boolean {
  return !message.thread || message.in_channel === true
}

function mentions(me: string, members: string[] | undefined, all: boolean | undefined): boolean {
  return all === true || (members?.includes(me) ?? false)
}
