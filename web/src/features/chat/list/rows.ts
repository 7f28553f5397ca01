// Messages -> what the list shows for each: who begins a group, where a day begins, where the
// unread ones begin. One row a message, always, so that older pages shift the list exactly. Pure.

import { dayHere } from '../../../i18n/zone'
import type { LocalMessage } from '../../../model/message'

export interface Row {
  message: LocalMessage
  /** Show author and time: the first of a group. */
  head: boolean
  /** A day begins here, `2026-11-25` in the reader's zone. */
  day: string | null
  /** The first message that was unread when the channel was opened. */
  unread: boolean
}

/** Messages of one author closer than this stand together. */
export const GROUP_MS = 5 * 60_000

/**
 * `unreadAfter`: seq of the last message that was read, null for no line. One's own messages and
 * cards never begin the unread ones. While older pages are missing (`hasOlder`) and the first row
 * is new itself, the line lies above it.
 */
export function buildRows(
  items: readonly LocalMessage[],
  unreadAfter: number | null,
  me: string,
  hasOlder = false,
): Row[] {
  const rows: Row[] = []
  const first = items[0]?.seq ?? 0
  let marked = unreadAfter === null || (hasOlder && first > unreadAfter)
  for (let index = 0; index < items.length; index++) {
    const message = items[index] as LocalMessage
    const before = items[index - 1]
    const today = dayHere(message.at)
    const day = !before || dayHere(before.at) !== today ? today : null
    const unread =
      !marked &&
      unreadAfter !== null &&
      !message.local &&
      message.seq > unreadAfter &&
      message.author !== me &&
      !message.card
    if (unread) marked = true
    const head = day !== null || unread || !before || !continues(before, message)
    rows.push({ message, head, day, unread })
  }
  return rows
}

function continues(before: LocalMessage, message: LocalMessage): boolean {
  if (before.card || message.card || before.context || message.context) return false
  if (before.author !== message.author) return false
  if ((before.thread ?? '') !== (message.thread ?? '')) return false
  if (before.deleted) return false
  if ((before.alias?.name ?? '') !== (message.alias?.name ?? '')) return false
  return Date.parse(message.at) - Date.parse(before.at) < GROUP_MS
}
