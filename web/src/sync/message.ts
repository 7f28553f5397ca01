// What one entry does to one message, exactly as the server's rows change. Pure. Called for
// messages that the replica holds, and for fetched ones that missed entries on their way.

import type { Context, Entry, EventOf, Message, Poll, PollEnd, Preview } from '../protocol'
import { emptied, erasedAfter, isErasureTold } from './erasure'
import { excerptOf } from './notification'
import { compareTimes } from './time'

/** Limit: prior edits kept, as on the server. */
const EDITS_MAX = 50
/** Limit: newest repliers that a root names, as on the server. */
const REPLIERS_MAX = 3

/** The message after the entry; the same object if the entry does not concern it. */
export function messageAfter(message: Message, entry: Entry): Message {
  const { event } = entry
  switch (event.type) {
    case 'message_posted':
      return event.message.thread === message.id ? replied(message, entry, event) : message
    case 'message_edited':
      return event.message === message.id ? edited(message, event) : message
    case 'message_deleted':
      if (event.message === message.id) return emptied(message)
      if (event.thread !== message.id) return message
      return { ...message, reply_count: (message.reply_count ?? 0) - 1 }
    case 'messages_erased':
    case 'files_erased':
    case 'quotes_erased':
      return erasedAfter(message, event)
    case 'reaction_added':
      return event.message === message.id ? reacted(message, event.emoji, entry.actor) : message
    case 'reaction_removed':
      return event.message === message.id ? unreacted(message, event.emoji, entry.actor) : message
    case 'message_linked':
      return event.message === message.id ? { ...message, link: event.link } : message
    case 'message_pinned':
      return event.message === message.id ? { ...message, pin: event.pin } : message
    case 'message_unpinned':
      return event.message === message.id ? unpinned(message) : message
    case 'thread_resolved':
      return event.message === message.id ? { ...message, resolved: event.resolved } : message
    case 'thread_reopened':
      return event.message === message.id ? reopened(message) : message
    case 'acknowledgement_requested':
      return event.message === message.id
        ? { ...message, acknowledgement: event.acknowledgement }
        : message
    case 'acknowledgement_withdrawn':
      return event.message === message.id ? unasked(message) : message
    case 'message_acknowledged':
      return event.message === message.id ? acknowledged(message, entry.actor, entry.at) : message
    case 'acknowledgement_reminded':
      return event.message === message.id ? reminded(message, entry.at) : message
    case 'channel_member_removed':
      return event.channel === message.channel ? notWaiting(message, event.member) : message
    case 'channel_members_changed':
      if (event.channel !== message.channel) return message
      return (event.removed ?? []).reduce(notWaiting, message)
    case 'poll_option_added':
      return event.message === message.id ? withOption(message, event) : message
    case 'poll_counted':
      return event.message === message.id ? counted(message, entry.seq, event) : message
    case 'poll_closed':
      return event.message === message.id ? pollClosed(message, event.closed) : message
    case 'previews_changed':
      return event.message === message.id ? withPreviews(message, event.previews) : message
    case 'card_changed':
      return event.message === message.id ? { ...message, card: event.card } : message
    default:
      return message
  }
}

/** Everyone whom it mentions, by name or by a group. */
export function mentionedIn(said: Pick<Message, 'mentions' | 'mentions_groups'>): string[] {
  const byGroup = (said.mentions_groups ?? []).flatMap(({ members }) => members ?? [])
  return [...(said.mentions ?? []), ...byGroup]
}

/** The root of a thread, told of one more reply. */
export function replied(
  root: Message,
  entry: Pick<Entry, 'at' | 'actor'>,
  event: Pick<EventOf<'message_posted'>, 'message'>,
): Message {
  const { author } = event.message
  const others = (root.repliers ?? []).filter((member) => member !== author)
  return {
    ...root,
    reply_count: (root.reply_count ?? 0) + 1,
    last_reply_at: event.message.at ?? entry.at,
    repliers: [...others, author].slice(-REPLIERS_MAX),
  }
}

function edited(message: Message, event: EventOf<'message_edited'>): Message {
  const before = { text: message.text, at: message.edited_at ?? message.at }
  return {
    ...message,
    text: event.text,
    edits: [...(message.edits ?? []), before].slice(-EDITS_MAX),
    edited_at: event.at,
    mentions: event.mentions,
    mentions_channel: event.mentions_channel,
    mentions_groups: event.mentions_groups,
  }
}

/** Unless it has it already. */
export function withOption(
  message: Message,
  { place, option }: Pick<EventOf<'poll_option_added'>, 'place' | 'option'>,
): Message {
  const { poll } = message
  if (!poll || place !== poll.options.length) return message
  return { ...message, poll: { ...poll, options: [...poll.options, option] } }
}

/** Without the fields that are zero, as the server tells it. */
function counted(message: Message, seq: number, event: EventOf<'poll_counted'>): Message {
  const { poll } = message
  if (!poll) return message
  const options = poll.options.map(({ votes, ...option }, place) => {
    const count = event.votes[place] ?? 0
    return count > 0 ? { ...option, votes: count } : option
  })
  const { voters, ...rest } = poll
  const some = event.voters > 0 ? { voters: event.voters } : {}
  return { ...message, poll: { ...rest, options, ...some, counted: seq } }
}

export function pollClosed(message: Message, closed: PollEnd): Message {
  const { poll } = message
  return poll && !poll.closed ? { ...message, poll: { ...poll, closed } } : message
}

/** The question, its options and how they stand, as words: as on the server. */
function inWords(question: string, poll: Poll): string {
  return [question, ...poll.options.map(({ text, votes }) => `- ${text} (${votes ?? 0})`)].join(
    '\n',
  )
}

/** How a message looks in one that quotes it, as on the server. */
export function quoteOf(message: Message, to: string | null | undefined): Context | undefined {
  if (!message.channel) return undefined
  if (message.quote && message.text === '' && message.channel !== to) return message.quote
  const passed = message.quote?.quotes[0]?.text
  const asked = message.poll && inWords(message.text, message.poll)
  const said =
    asked || message.text || passed || (message.files ?? []).map(({ name }) => name).join(', ')
  const text = message.channel === to ? excerptOf(said) : said
  const quote = { message: message.id, author: message.author, at: message.at, text }
  return { channel: message.channel, message: message.id, quotes: [quote] }
}

/** Without the field if there is none, as the server tells it. */
export function withPreviews(message: Message, previews: readonly Preview[]): Message {
  const { previews: before, ...rest } = message
  return previews.length > 0 ? { ...rest, previews: [...previews] } : rest
}

export function unpinned(message: Message): Message {
  const { pin, ...rest } = message
  return rest
}

export function reopened(message: Message): Message {
  const { resolved, ...rest } = message
  return rest
}

export function unasked(message: Message): Message {
  const { acknowledgement, ...rest } = message
  return rest
}

/** Once a member; the same object if it asks for nothing. */
export function acknowledged(message: Message, member: string, at: string): Message {
  const asks = message.acknowledgement
  if (!asks || asks.acknowledged?.some((each) => each.member === member)) return message
  const done = [...(asks.acknowledged ?? []), { member, at }]
  const { acknowledgement } = notWaiting(message, member)
  return {
    ...message,
    acknowledgement: acknowledgement && { ...acknowledgement, acknowledged: done },
  }
}

export function reminded(message: Message, at: string): Message {
  const asks = message.acknowledgement
  return asks ? { ...message, acknowledgement: { ...asks, reminded_at: at } } : message
}

function notWaiting(message: Message, member: string): Message {
  const asks = message.acknowledgement
  if (!asks?.waiting?.includes(member)) return message
  const waiting = asks.waiting.filter((other) => other !== member)
  return { ...message, acknowledgement: { ...asks, waiting } }
}

/** With one more member behind an emoji; the same object if they are there already. */
export function reacted(message: Message, emoji: string, member: string): Message {
  const reactions = message.reactions ?? []
  const there = reactions.find((each) => each.emoji === emoji)
  if (there?.members.includes(member)) return message
  const grown = there
    ? reactions.map((each) =>
        each === there ? { ...each, members: [...each.members, member] } : each,
      )
    : [...reactions, { emoji, members: [member] }]
  return { ...message, reactions: grown }
}

export function unreacted(message: Message, emoji: string, member: string): Message {
  const reactions = (message.reactions ?? [])
    .map((each) =>
      each.emoji === emoji
        ? { ...each, members: each.members.filter((other) => other !== member) }
        : each,
    )
    .filter((each) => each.members.length > 0)
  return { ...message, reactions }
}

/**
 * Whether a fetched message tells of the entry already. Pages do not say at which seq they were
 * read, but one commit is read wholly or not at all, and later commits carry later times.
 */
export function isTold(fetched: Message | undefined, entry: Entry): boolean {
  if (!fetched) return false
  const { event } = entry
  if (event.type === 'message_posted' && event.message.thread === fetched.id) {
    return compareTimes(event.message.at, fetched.last_reply_at) <= 0
  }
  if (event.type === 'message_edited' && event.message === fetched.id) {
    return compareTimes(event.at, fetched.edited_at) <= 0
  }
  if (isErasureTold(fetched, entry)) return true
  if (event.type === 'poll_counted' && event.message === fetched.id) {
    return entry.seq <= (fetched.poll?.counted ?? 0)
  }
  if (event.type === 'card_changed' && event.message === fetched.id) {
    return event.card.seq < (fetched.card?.seq ?? 0)
  }
  return event.type === 'message_edited' && fetched.deleted === true
}
