// What rules of retention take from messages, exactly as the server's rows change. Pure.

import type { Entry, Event, EventOf, Message } from '../protocol'
import type { Window } from './window'

/** Erased, and nothing hangs on it any more: it is shown nowhere. */
export function isGone(message: Pick<Message, 'erased' | 'thread' | 'reply_count'>): boolean {
  return message.erased === true && (Boolean(message.thread) || (message.reply_count ?? 0) <= 0)
}

/** Ids of the messages that the erasure changes, roots of threads among them; each once. */
export function erasedIn(event: Event): ReadonlySet<string> {
  switch (event.type) {
    case 'messages_erased':
      return new Set(event.messages.flatMap(({ id, thread }) => (thread ? [id, thread] : [id])))
    case 'files_erased':
      return new Set(event.messages.map(({ message }) => message))
    case 'quotes_erased':
      return new Set(event.messages)
    default:
      return new Set()
  }
}

/** Whether the erasure takes this very message. */
export function takes(event: Event, id: string | null | undefined): boolean {
  return event.type === 'messages_erased' && event.messages.some((each) => each.id === id)
}

type Erasure = EventOf<'messages_erased' | 'files_erased' | 'quotes_erased'>

/** The message after the erasure; the same object if it is not concerned. */
export function erasedAfter(message: Message, event: Erasure): Message {
  if (!erasedIn(event).has(message.id)) return message
  if (event.type === 'quotes_erased') return unquoted(message)
  if (event.type === 'files_erased') {
    const lost = event.messages.find((each) => each.message === message.id)?.files ?? 0
    const { files, ...rest } = message
    return { ...rest, erased_files: (message.erased_files ?? 0) + lost }
  }
  const replies = event.messages.filter((each) => each.thread === message.id && !each.deleted)
  const left = message.reply_count ? { reply_count: message.reply_count - replies.length } : {}
  const after = { ...message, ...left }
  if (!takes(event, message.id)) return after
  const { alias, ...rest } = emptied(after)
  return { ...rest, erased: true }
}

function unquoted(message: Message): Message {
  const { quote } = message
  if (!quote) return message
  const quotes = quote.quotes.map((each) => ({ ...each, text: '' }))
  return { ...message, quote: { ...quote, quotes } }
}

/** The text goes, the place stays. */
export function emptied(message: Message): Message {
  const {
    edits,
    files,
    mentions,
    mentions_channel,
    mentions_groups,
    quote,
    previews,
    reactions,
    pin,
    acknowledgement,
    poll,
    ...rest
  } = message
  return { ...rest, text: '', deleted: true }
}

/** Takes messages that are gone out of the windows, and their threads; the topics that changed. */
export function withoutGone(
  windows: Map<string, Window>,
  gone: ReadonlySet<string>,
): readonly string[] {
  const changed: string[] = []
  for (const [key, window] of windows) {
    const ids = window.ids.filter((id) => !gone.has(id))
    if (gone.has(key.slice('thread:'.length))) windows.delete(key)
    else if (ids.length < window.ids.length) windows.set(key, { ...window, ids })
    else continue
    changed.push(`window:${key}`)
  }
  return changed
}

/** Whether what was fetched tells of the erasure already. */
export function isErasureTold(fetched: Message, { event }: Entry): boolean {
  return takes(event, fetched.id) && fetched.erased === true
}
