// The reader's inbox as entries move it. Pure; the same rules as the server's rows. Snoozed ones
// are in it; what is done or was suppressed is not.

import type { Entry, EventOf, Notification } from '../protocol'
import { takes } from './erasure'

/** Limit: characters of a message that a notification shows, as on the server. */
const EXCERPT_MAX = 200

/** The inbox after the entry, by id; the same object if the entry does not concern it. */
export function inboxAfter(
  inbox: ReadonlyMap<string, Notification>,
  { event, seq }: Entry,
): ReadonlyMap<string, Notification> {
  switch (event.type) {
    case 'notification_added':
      return added(inbox, event, seq)
    case 'notifications_changed':
      return changed(inbox, event)
    case 'notifications_restored':
      return new Map([...inbox, ...event.notifications.map((each) => [each.id, each] as const)])
    case 'message_edited':
      return withExcerpt(inbox, event.message, excerptOf(event.text))
    case 'kept_message_changed':
      return typeof event.excerpt === 'string'
        ? withExcerpt(inbox, event.message, event.excerpt)
        : without(inbox, (each) => each.message === event.message)
    case 'message_deleted':
      return without(inbox, (each) => each.message === event.message)
    case 'messages_erased':
      return without(inbox, (each) => takes(event, each.message))
    case 'task_deleted':
      return without(inbox, (each) => each.task === event.task)
    case 'channel_lost':
      return without(inbox, (each) => each.channel === event.channel)
    case 'project_lost':
      return without(inbox, (each) => each.project === event.project)
    default:
      return inbox
  }
}

function added(
  inbox: ReadonlyMap<string, Notification>,
  { notification, replaces, done = [] }: EventOf<'notification_added'>,
  seq: number,
): ReadonlyMap<string, Notification> {
  const after = new Map(inbox)
  for (const id of [replaces, ...done]) if (id) after.delete(id)
  if (!notification.suppressed) after.set(notification.id, { ...notification, seq })
  return after
}

function changed(
  inbox: ReadonlyMap<string, Notification>,
  { notifications, read, done, snoozed_until }: EventOf<'notifications_changed'>,
): ReadonlyMap<string, Notification> {
  const after = new Map(inbox)
  for (const id of notifications) {
    const known = after.get(id)
    if (!known) continue
    if (done) after.delete(id)
    else after.set(id, patched(known, { read, snoozed_until }))
  }
  return after
}

/** With what is given; `null` ends a snooze. */
export function patched(
  notification: Notification,
  change: { read?: boolean | null | undefined; snoozed_until?: string | null | undefined },
): Notification {
  return {
    ...notification,
    read: change.read ?? notification.read,
    snoozed_until:
      change.snoozed_until === undefined ? notification.snoozed_until : change.snoozed_until,
  }
}

function withExcerpt(
  inbox: ReadonlyMap<string, Notification>,
  message: string,
  excerpt: string,
): ReadonlyMap<string, Notification> {
  const about = [...inbox.values()].filter((each) => each.message === message)
  if (about.length === 0) return inbox
  return new Map([...inbox, ...about.map((each) => [each.id, { ...each, excerpt }] as const)])
}

/** The beginning of a message's text, as typed. */
export function excerptOf(text: string): string {
  return [...text].slice(0, EXCERPT_MAX).join('')
}

function without(
  inbox: ReadonlyMap<string, Notification>,
  isGone: (notification: Notification) => boolean,
): ReadonlyMap<string, Notification> {
  const left = [...inbox].filter(([, each]) => !isGone(each))
  return left.length === inbox.size ? inbox : new Map(left)
}

/** Whether the reader has not seen it, given how far its channel is read. */
export function isUnread(notification: Notification, read: number): boolean {
  if (notification.read !== undefined && notification.read !== null) return !notification.read
  const inStream = notification.channel && !notification.thread
  return !(inStream && notification.cause <= read)
}

/** Limit: notifications kept after they were done. */
const FINISHED_MAX = 100

/** Keeps those that the entry takes out of the inbox, so that undoing shows at once. */
export function keepFinished(
  finished: Map<string, Notification>,
  before: ReadonlyMap<string, Notification>,
  { event }: Entry,
): void {
  if (event.type !== 'notifications_changed' || !event.done) return
  for (const id of event.notifications) {
    const known = before.get(id)
    if (known) finished.set(id, known)
  }
  for (const id of [...finished.keys()].slice(0, -FINISHED_MAX)) finished.delete(id)
}
