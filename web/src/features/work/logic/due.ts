// Due dates as a person sees them: buckets, presets and words in the member's time zone. A due
// date is a whole day in nobody's zone (`2026-11-25`) or a point in time (RFC 3339).

import { wall } from '../../../i18n/zone'

export type DueBucket = 'overdue' | 'today' | 'soon' | 'later' | 'none'

/** Days after today that still count as soon. */
export const SOON_DAYS = 7

const DAY_MS = 86_400_000

/** True for a whole day, false for a point in time. */
export function isDay(due: string): boolean {
  return due.length === 10
}

/** The calendar day in this zone, `YYYY-MM-DD`. */
export function dayOf(due: string, zone: string): string {
  return isDay(due) ? due : wall(new Date(due), zone).day
}

/** `HH:MM` in this zone; null for a whole day. */
export function timeOf(due: string, zone: string): string | null {
  return isDay(due) ? null : wall(new Date(due), zone).time
}

/** Today's date in this zone. */
export function todayIn(zone: string, now: Date): string {
  return wall(now, zone).day
}

/** Calendar arithmetic on `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from one calendar day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** The Monday after this day. */
export function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, (8 - weekday) % 7 || 7)
}

/** Which group of "my work" a due date belongs to. */
export function dueBucket(due: string | null | undefined, zone: string, now: Date): DueBucket {
  if (!due) return 'none'
  if (isOverdue(due, zone, now)) return 'overdue'
  const days = daysBetween(todayIn(zone, now), dayOf(due, zone))
  if (days <= 0) return 'today'
  return days <= SOON_DAYS ? 'soon' : 'later'
}

/** A day is over when the zone's next day begins; a point in time when it has passed. */
export function isOverdue(due: string, zone: string, now: Date): boolean {
  return isDay(due) ? due < todayIn(zone, now) : Date.parse(due) < now.getTime()
}

/** The point in time of a wall-clock time in a zone, as RFC 3339 UTC. */
export function instantOf(day: string, time: string, zone: string): string {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let at = wanted
  // Two rounds settle the offset also next to a change of daylight saving time.
  for (let round = 0; round < 2; round++) {
    const seen = wall(new Date(at), zone)
    at += wanted - Date.parse(`${seen.day}T${seen.time}:00Z`)
  }
  return new Date(at).toISOString().replace('.000Z', 'Z')
}

/** Words for the near days; null when a date reads better. */
export function nearDay(day: string, today: string): 'yesterday' | 'today' | 'tomorrow' | null {
  const days = daysBetween(today, day)
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : null
}

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** `25 Nov`, `11月25日`, with the year when it is not this one. */
export function dayWords(day: string, today: string, language: string, long = false): string {
  const year = day.slice(0, 4) !== today.slice(0, 4)
  const key = `${language} ${year} ${long}`
  let format = dayFormats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(language, {
      timeZone: 'UTC',
      month: language.startsWith('zh') ? 'long' : 'short',
      day: 'numeric',
      ...(year ? { year: 'numeric' } : {}),
      ...(long ? { weekday: 'short' } : {}),
    })
    dayFormats.set(key, format)
  }
  return format.format(new Date(`${day}T00:00:00Z`))
}
