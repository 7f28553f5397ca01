// Where a notification leads: a task or a thread beside the inbox, a conversation in its place.

import { channelHref, go, openPane, openTask, scheduledHref } from '../../app/place'
import { type Notification, updateNotifications } from '../../model/notification'

export function openNotification(notification: Notification, unread: boolean): void {
  const { id, channel, thread, key, message, reason } = notification
  if (unread) updateNotifications([id], { read: true })
  if (reason === 'not_sent') return go(scheduledHref)
  if (key) return openTask(key, message)
  const isTalk = ['direct_message', 'channel_message', 'quote'].includes(reason)
  if (thread) return openPane({ thread })
  if (isTalk && channel) return go(`${channelHref(channel)}?at=${notification.cause}`)
  if (message) openPane({ thread: message })
}
