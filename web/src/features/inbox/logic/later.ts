// The moments that one is offered for later: in a while, this evening, tomorrow, next week; in the
// reader's time zone, whatever the browser's. Pure.

import { wall } from '../../../i18n/zone'

export type LaterId = 'twenty_minutes' | 'three_hours' | 'tomorrow' | 'next_week'

export interface Later {
  id: LaterId
  at: Date
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MORNING = '09:00'
const MONDAY = 1

export function laterChoices(now: Date, zone: string): Later[] {
  const { day } = wall(now, zone)
  const tomorrow = shifted(day, 1)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const monday = shifted(day, ((MONDAY - weekday + 6) % 7) + 1)
  return [
    { id: 'twenty_minutes', at: new Date(now.getTime() + 20 * MINUTE_MS) },
    { id: 'three_hours', at: new Date(now.getTime() + 180 * MINUTE_MS) },
    { id: 'tomorrow', at: momentOf(tomorrow, MORNING, zone) },
    { id: 'next_week', at: momentOf(monday, MORNING, zone) },
  ]
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The moment at which calendar and clock of a zone show this; the later one if none does. */
export function momentOf(day: string, time: string, zone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let at = wanted
  // The offset at the guess; once more, in case the clocks are changed between.
  for (let round = 0; round < 2; round += 1) {
    const shown = wall(new Date(at), zone)
    at += wanted - Date.parse(`${shown.day}T${shown.time}:00Z`)
  }
  return new Date(at)
}
