// Messages: pages of a conversation, one message, and what can be done with one.

import { useCallback, useEffect, useMemo } from 'react'
import type { Asked, Message, NewPoll, Page } from '../protocol'
import { client } from '../sync/client'
import { type Conversation, conversationKey, type PageStatus } from '../sync/window'
import type { Local, Sent } from './pending'
import { useWatch } from './watch'

export type { Conversation }

/** A message, perhaps one that is still on its way; then `seq` is beyond every confirmed one. */
export type LocalMessage = Message & { local?: Local }

export interface Messages {
  /** Oldest first, without gaps between. */
  items: readonly LocalMessage[]
  /** `loading` only while there is nothing to show. */
  status: PageStatus
  hasOlder: boolean
  hasNewer: boolean
  /** Resolves when the page is in `items`; at once when there is none or one is on its way. */
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  /** Loads the window around a seq, or the newest with null. */
  jumpTo(seq: number | null): Promise<void>
}

const NOBODY: readonly string[] = []
const named = new WeakMap<Message, readonly string[]>()

/** Ids of the members and groups that a message names: the same list for the same message. */
export function namedIn(message: Message): readonly string[] {
  const { mentions = NOBODY, mentions_groups: groups } = message
  if (!groups?.length) return mentions
  const known = named.get(message) ?? [...mentions, ...groups.map(({ group }) => group)]
  named.set(message, known)
  return known
}

/** The loaded window of a conversation; loads the newest page when first used. */
export function useMessages(conversation: Conversation): Messages {
  const key = conversationKey(conversation)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the object
  const stable = useMemo(() => conversation, [key])
  useEffect(() => client.pages.open(stable), [stable])
  const shown = useWatch(`window:${key}`, () => client.view.window(key))
  const loadOlder = useCallback(() => client.pages.loadOlder(stable), [stable])
  const loadNewer = useCallback(() => client.pages.loadNewer(stable), [stable])
  const jumpTo = useCallback((seq: number | null) => client.pages.jumpTo(stable, seq), [stable])
  return useMemo(
    () => ({ ...shown, loadOlder, loadNewer, jumpTo }),
    [shown, loadOlder, loadNewer, jumpTo],
  )
}

/** One message that some loaded window holds. */
export function useMessage(id: string | undefined): LocalMessage | undefined {
  return useWatch(`message:${id}`, () => (id ? client.view.message(id) : undefined))
}

/** Fetches one message that no window holds, for permalinks. Throws `Refused`. */
export function loadMessage(id: string): Promise<Message> {
  return client.get<Message>(`/messages/${id}`)
}

/** Limit: messages looked through for the first of somebody else. */
const FIRST_MAX = 20

/** The first message of somebody else after a seq, cards left out. Throws `Refused`. */
export async function loadFirstAfter(channel: string, seq: number): Promise<Message | undefined> {
  const me = client.view.me().id
  const query = new URLSearchParams({ after: String(seq), limit: String(FIRST_MAX) })
  const { items } = await client.get<Page<Message>>(`/channels/${channel}/messages?${query}`)
  return items.find((message) => message.author !== me && !message.card)
}

/** Where a new message goes: `thread` is the root's id and needs its channel. */
export type Destination = { channel: string; thread?: string } | { task: string }

/** What a message has besides its words. */
export interface Carried {
  files?: readonly string[] | undefined
  /** Whom it asks to acknowledge it. */
  acknowledgement?: Asked | undefined
  /** Its words are a question. */
  poll?: NewPoll | undefined
  /** What it answers, or passes on. */
  quote?: string | undefined
  /** A reply that stands in its channel too. */
  in_channel?: boolean | undefined
}

/** Shows at once; `id` is the message's. */
export function postMessage(to: Destination, text: string, carried: Carried = {}): Sent {
  const { files = [], ...rest } = carried
  return client.create({
    type: 'post_message',
    ...to,
    text,
    ...rest,
    ...(files.length > 0 ? { files: [...files] } : {}),
  })
}

export function editMessage(message: string, text: string): Sent {
  return client.execute({ type: 'edit_message', message, text })
}

/** Takes the preview of a link away; the link stays. */
export function removePreview(message: string, url: string): Sent {
  return client.execute({ type: 'remove_preview', message, url })
}

export function deleteMessage(message: string): Sent {
  return client.execute({ type: 'delete_message', message })
}

/** Puts the reader's reaction on, or takes it off. */
export function toggleReaction(message: Message, emoji: string): Sent {
  const me = client.view.me().id
  const mine = message.reactions?.find((each) => each.emoji === emoji)?.members.includes(me)
  return client.execute({
    type: mine ? 'remove_reaction' : 'add_reaction',
    message: message.id,
    emoji,
  })
}
