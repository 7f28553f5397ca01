// The moments that one is offered for later: in a while, this evening, tomorrow, next week; in the
// reader's time zone, whatever the browser's. Pure.

import { momentOf, shifted, wall } from '../../../i18n/zone'

export type LaterId = 'twenty_minutes' | 'three_hours' | 'tomorrow' | 'next_week'

export type SendId = Extract<LaterId, 'tomorrow' | 'next_week'>

export interface Later {
  id: LaterId
  at: Date
}

const MINUTE_MS = 60_000
const MORNING = '09:00'
const MONDAY = 1

export function laterChoices(now: Date, zone: string): Later[] {
  const { day } = wall(now, zone)
  const tomorrow = shifted(day, 1)
  const monday = nextMonday(day)
  return [
    { id: 'twenty_minutes', at: new Date(now.getTime() + 20 * MINUTE_MS) },
    { id: 'three_hours', at: new Date(now.getTime() + 180 * MINUTE_MS) },
    { id: 'tomorrow', at: momentOf(tomorrow, MORNING, zone) },
    { id: 'next_week', at: momentOf(monday, MORNING, zone) },
  ]
}

/** The moments that one is offered to send a message at. */
export function sendChoices(now: Date, zone: string): { id: SendId; at: Date }[] {
  const { day } = wall(now, zone)
  const [tomorrow, monday] = [shifted(day, 1), nextMonday(day)]
  const next = { id: 'next_week' as const, at: momentOf(monday, MORNING, zone) }
  if (tomorrow === monday) return [next]
  return [{ id: 'tomorrow', at: momentOf(tomorrow, MORNING, zone) }, next]
}

/** After this day. */
function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return shifted(day, ((MONDAY - weekday + 6) % 7) + 1)
}
