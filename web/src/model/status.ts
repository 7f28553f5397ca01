// What members say of their day: a status for a while, and when they work.

import { momentOf, shifted, wall } from '../i18n/zone'
import type { Member, Status, WorkingHours } from '../protocol'
import { updateMember } from './member'
import type { Sent } from './pending'

/** The server takes a status away at its end; without it, it is not shown past that. */
export function statusOf(member: Pick<Member, 'status'>, now = new Date()): Status | undefined {
  const { status } = member
  if (!status || (status.until && new Date(status.until) <= now)) return undefined
  return status
}

/** One without emoji and text takes it away. */
export function setStatus(member: string, status: Status): Sent {
  return updateMember(member, { status })
}

const DAY_MINUTES = 24 * 60

/** Whether somebody with these hours works at a moment. */
export function isWorking(hours: WorkingHours, zone: string, now: Date): boolean {
  const { day, time } = wall(now, zone)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const minutes = hour * 60 + minute
  const { from_minutes: from, until_minutes: until } = hours
  const works = (of: string) => hours.days.includes(new Date(`${of}T00:00Z`).getUTCDay() || 7)
  const length = until > from ? until - from : until - from + DAY_MINUTES
  const today = works(day) && minutes >= from && minutes < from + length
  const yesterday = works(shifted(day, -1)) && minutes + DAY_MINUTES < from + length
  return today || yesterday
}

export type Ending = 'half_hour' | 'hour' | 'today' | 'week'

/** When a status ends that is set now, by the clock of a zone; a week ends with its Sunday. */
export function endOf(ending: Ending, zone: string, now: Date): Date {
  if (ending === 'half_hour') return new Date(now.getTime() + 30 * 60_000)
  if (ending === 'hour') return new Date(now.getTime() + 60 * 60_000)
  const { day } = wall(now, zone)
  const weekday = new Date(`${day}T00:00Z`).getUTCDay() || 7
  return momentOf(shifted(day, ending === 'today' ? 1 : 8 - weekday), '00:00', zone)
}
