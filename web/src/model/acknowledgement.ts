// Messages that ask to be acknowledged: who has, who has not, and what one can do.

import type { Acknowledgement, Asked, Member, Message } from '../protocol'
import { client } from '../sync/client'
import { useMembers } from './member'
import type { Sent } from './pending'

/** Between two reminders, as on the server. */
const REMINDER_MS = 60 * 60_000

/** Whom a message can ask. */
export function askedOf(message: Pick<Message, 'mentions' | 'mentions_channel'>): Asked[] {
  const mentions = (message.mentions ?? []).length > 0 && !message.mentions_channel
  return mentions ? ['mentioned', 'members'] : ['members']
}

export interface Answers {
  /** Who is waited for; whoever was deactivated is not. */
  waiting: readonly Member[]
  acknowledged: readonly { member: Member; at: string }[]
}

export function useAnswers(asks: Acknowledgement): Answers {
  const members = new Map(useMembers().map((member) => [member.id, member]))
  return {
    waiting: (asks.waiting ?? []).flatMap((id) => {
      const member = members.get(id)
      return member?.active ? member : []
    }),
    acknowledged: (asks.acknowledged ?? []).flatMap(({ member: id, at }) => {
      const member = members.get(id)
      return member ? { member, at } : []
    }),
  }
}

/** When those who have not answered can be reminded; null if that is now. */
export function remindableFrom(asks: Acknowledgement, now: Date): string | null {
  const from = Date.parse(asks.reminded_at ?? asks.at) + REMINDER_MS
  return from > now.getTime() ? new Date(from).toISOString() : null
}

export function requestAcknowledgement(message: string, of: Asked): Sent {
  return client.execute({ type: 'request_acknowledgement', message, of })
}

export function withdrawAcknowledgement(message: string): Sent {
  return client.execute({ type: 'withdraw_acknowledgement', message })
}

export function acknowledgeMessage(message: string): Sent {
  return client.execute({ type: 'acknowledge_message', message })
}

export function remindOfAcknowledgement(message: string): Sent {
  return client.execute({ type: 'remind_of_acknowledgement', message })
}
