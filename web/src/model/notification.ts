// The reader's inbox: what concerns them, and what they do with it.

import { useEffect, useMemo, useState } from 'react'
import type { CommandOf, Notification, Why } from '../protocol'
import { client } from '../sync/client'
import { isUnread } from '../sync/notification'
import { useMemberships } from './channel'
import { type PagedList, usePaged } from './paged'
import type { Sent } from './pending'
import { useWatch } from './watch'

export type { Notification }

/** A notification with what the reader's screens ask of it. */
export interface InboxItem {
  notification: Notification
  unread: boolean
}

/** All that is in the inbox, snoozed ones too, newest first. */
export function useInbox(): readonly InboxItem[] {
  const all = useWatch('notifications', () => client.view.notifications())
  const memberships = useMemberships()
  return useMemo(() => {
    const read = new Map(memberships.map((each) => [each.channel, each.read]))
    return all.map((notification) => ({
      notification,
      unread: isUnread(notification, read.get(notification.channel ?? '') ?? 0),
    }))
  }, [all, memberships])
}

/** How many unread ones are in sight. */
export function useUnreadCount(): number {
  const inbox = useInbox()
  const now = new Date()
  return inbox.filter((item) => item.unread && !isSnoozed(item.notification, now)).length
}

/** Out of sight at this moment. */
export function isSnoozed(notification: Notification, now: Date): boolean {
  return !!notification.snoozed_until && new Date(notification.snoozed_until) > now
}

const idOf = ({ id }: Notification) => id

/** What is done. */
export function useDone(): PagedList<Notification> {
  return usePaged('/notifications?filter=done', idOf)
}

export function updateNotifications(
  notifications: string[],
  changes: Omit<CommandOf<'update_notifications'>, 'type' | 'notifications'>,
): Sent {
  return client.execute({ type: 'update_notifications', notifications, ...changes })
}

/** Marks those as read that fit and are not read; sends nothing if there are none. */
export function readNotifications(fits: (notification: Notification) => boolean): void {
  const read = new Map(client.view.memberships().map((each) => [each.channel, each.read]))
  const unread = client.view
    .notifications()
    .filter((each) => fits(each) && isUnread(each, read.get(each.channel ?? '') ?? 0))
  if (unread.length > 0)
    updateNotifications(
      unread.map(({ id }) => id),
      { read: true },
    )
}

/** Marks what fits as read as it comes, while the page is looked at. */
export function useReading(key: string, fits: (notification: Notification) => boolean): void {
  const inbox = useInbox()
  const waiting = inbox.some(({ notification, unread }) => unread && fits(notification))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the function
  useEffect(() => {
    if (!waiting) return
    const read = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) readNotifications(fits)
    }
    read()
    addEventListener('focus', read)
    document.addEventListener('visibilitychange', read)
    return () => {
      removeEventListener('focus', read)
      document.removeEventListener('visibilitychange', read)
    }
  }, [waiting, key])
}

/** Why the reader was told of a message, or was not. Throws `Refused`. */
export function loadWhy(message: string): Promise<Why> {
  return client.get<Why>(`/messages/${message}/why`)
}

/** Why the reader was told of this, or was not. Throws `Refused`. */
export function loadWhyOf(notification: string): Promise<Why> {
  return client.get<Why>(`/notifications/${notification}/why`)
}

/** Whether the reader follows a message's thread; undefined until known. */
export function useFollowsThread(message: string): boolean | undefined {
  const [follows, setFollows] = useState<boolean>()
  useEffect(() => {
    let here = true
    const load = () => {
      client.get<{ follows: boolean }>(`/messages/${message}/followers/me`).then(
        (answer) => here && setFollows(answer.follows),
        () => {},
      )
    }
    load()
    const end = client.view.subscribe(`follows:${message}`, load)
    return () => {
      here = false
      end()
    }
  }, [message])
  return follows
}

export function followThread(message: string, follow: boolean): Sent {
  return client.execute({ type: 'follow_thread', message, follow })
}
