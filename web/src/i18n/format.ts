// Dates, times and numbers as the reader's language writes them (Intl). Texts of days that are
// near come from the catalogue.

import { language, t } from '.'
import { dayHere, timeZone } from './zone'

const formats = new Map<string, Intl.DateTimeFormat>()

/** In the reader's zone unless the options say otherwise. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { timeZone: timeZone(), ...options }
  const key = language() + JSON.stringify(all)
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(language(), all)
    formats.set(key, made)
  }
  return made
}

/** True for a calendar day, `2026-11-25`, which lies in nobody's zone. */
function isDay(at: string | Date): at is string {
  return typeof at === 'string' && at.length === 10
}

const DAY_MS = 86_400_000

/** `15:04` */
export function formatTime(at: string | Date): string {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

/** `Today`, `Yesterday`, `Mon, 3 Aug`, with the year when it is another one; also of a day. */
export function formatDay(at: string | Date, now = new Date()): string {
  const day = isDay(at) ? at : dayHere(at)
  const today = dayHere(now)
  return nearDay(day, today) ?? dayText(day, today, { weekday: 'short' })
}

function nearDay(day: string, today: string): string | null {
  const distance = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)
  if (distance === 0) return t('common.today')
  if (distance === -1) return t('common.yesterday')
  return distance === 1 ? t('common.tomorrow') : null
}

/** `3 Aug`, within a sentence: never `Today`. */
export function formatDate(at: string | Date, now = new Date()): string {
  return dayText(dayHere(at), dayHere(now))
}

/** `3 Aug, 15:04`, with the year when it is another one; the time alone for today. */
export function formatWhen(at: string | Date, now = new Date()): string {
  const [day, today] = [dayHere(at), dayHere(now)]
  if (day === today) return formatTime(at)
  return `${dayText(day, today)} ${formatTime(at)}`
}

function dayText(day: string, today: string, more: Intl.DateTimeFormatOptions = {}): string {
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric'
  const options = { year, month: 'short', day: 'numeric', timeZone: 'UTC', ...more } as const
  return format(options).format(Date.parse(day))
}

/** In full, for tooltips: `Monday, 3 August 2026, 15:04`; of a day without the time. */
export function formatFull(at: string | Date): string {
  if (isDay(at)) return format({ dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(at))
  return format({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(at))
}

/** `Mon`, `周一`: 1 is Monday, 7 is Sunday. */
export function formatWeekday(day: number): string {
  // The first of January 2024 was a Monday.
  return format({ weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
}

/** `3 minutes ago`, `2 天前`. */
export function formatAgo(at: string | Date, now = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return t('common.just_now')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  if (size < 30 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return formatWhen(at, now)
}

/** A due date: a day (`2026-11-25`) has no time zone, a point in time shows its time. */
export function formatDue(due: string, now = new Date()): string {
  if (isDay(due)) return dueDay(due, now)
  return `${dueDay(dayHere(due), now)} ${formatTime(due)}`
}

/** Without the day of the week: it stands where there is little room. */
function dueDay(day: string, now: Date): string {
  return nearDay(day, dayHere(now)) ?? dayText(day, dayHere(now))
}

/** True once the day, or the moment, has passed. */
export function isOverdue(due: string, now = new Date()): boolean {
  if (isDay(due)) return due < dayHere(now)
  return new Date(due) < now
}

/** `A, B and C`, `A、B和C`. */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(items)
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `820 byte`, `1.2 MB`: in thousands, as files are counted everywhere. */
export function formatBytes(bytes: number): string {
  let [value, at] = [bytes, 0]
  while (value >= 999.5 && at < SIZES.length - 1) {
    value /= 1000
    at += 1
  }
  const digits = at > 0 && value < 10 ? 1 : 0
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: SIZES[at],
    unitDisplay: at === 0 ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(value)
}

/** `42 %` */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent' }).format(share)
}
