// Names of what can be watched. A topic is a string; whoever changes a thing touches its topics,
// whoever shows it subscribes to one. Called by replica, overlay and view.

import type { Channel, Message, Roster, Task } from '../protocol'
import { conversationKey } from './window'

/** The conversation in which a message stands. */
export function homeOf(message: Pick<Message, 'channel' | 'task' | 'thread'>): string {
  if (message.task) return conversationKey({ task: message.task })
  if (message.thread) return conversationKey({ thread: message.thread })
  return conversationKey({ channel: message.channel ?? '' })
}

/** All in which it stands: a reply may stand in its channel too. */
export function homesOf(
  message: Pick<Message, 'channel' | 'task' | 'thread' | 'in_channel'>,
): string[] {
  const home = homeOf(message)
  return message.in_channel && message.channel
    ? [home, conversationKey({ channel: message.channel })]
    : [home]
}

export function messageTopics(message: Message): string[] {
  return [`message:${message.id}`, ...homesOf(message).map((home) => `window:${home}`)]
}

export function taskTopics(task: Task): string[] {
  const topics = [`task:${task.id}`, `task:${task.key}`, `tasks:${task.project}`, 'tasks:mine']
  if (task.parent) topics.push(`subtasks:${task.parent}`)
  return topics
}

export function channelTopics(channel: Pick<Channel, 'id'>): string[] {
  return ['channels', `channel:${channel.id}`, `channel-name:${channel.id}`]
}

/** As the key of a roster has it: `space:ID` or `channel:ID`. */
export function rosterKey(roster: Roster): string {
  return 'space' in roster ? `space:${roster.space}` : `channel:${roster.channel}`
}

export function membershipTopics(channel: string): string[] {
  return [`membership:${channel}`, 'memberships', `window:channel:${channel}`]
}
