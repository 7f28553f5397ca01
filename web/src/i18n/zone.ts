// The time zone that everything on the screen is written in: the reader's own, from the profile,
// not the browser's. The frame sets it before anything below it is drawn.

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const walls = new Map<string, Intl.DateTimeFormat>()

export function timeZone(): string {
  return zone
}

/** A zone that this browser does not know leaves the one before. */
export function setTimeZone(next: string): void {
  try {
    wallFormat(next)
    zone = next
  } catch {
    // RangeError: an older browser, or a newer zone.
  }
}

/** What calendar and clock show in a zone: `YYYY-MM-DD` and `HH:MM`. */
export function wall(at: Date, zone: string): { day: string; time: string } {
  const parts: Record<string, string> = {}
  for (const part of wallFormat(zone).formatToParts(at)) parts[part.type] = part.value
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  }
}

const DAY_MS = 86_400_000

/** A calendar day some days later or, with a minus, before. */
export function shifted(day: string, days: number): string {
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

/** Clocks are changed at whole quarters of an hour, so within one the day is the same. */
const QUARTER_MS = 15 * 60_000
/** Limit: quarters remembered. */
const QUARTERS_MAX = 10_000
const days = new Map<number, string>()
let daysZone = zone

/** The reader's calendar day of a point in time, `YYYY-MM-DD`. Cheap: lists ask it per row. */
export function dayHere(at: string | Date): string {
  const date = typeof at === 'string' ? new Date(at) : at
  if (daysZone !== zone || days.size >= QUARTERS_MAX) days.clear()
  daysZone = zone
  const quarter = Math.floor(date.getTime() / QUARTER_MS)
  let day = days.get(quarter)
  if (day === undefined) {
    day = wall(date, zone).day
    days.set(quarter, day)
  }
  return day
}

/** Building a formatter is slow, so one is kept per zone. */
function wallFormat(zone: string): Intl.DateTimeFormat {
  let format = walls.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    walls.set(zone, format)
  }
  return format
}
