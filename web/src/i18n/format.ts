// Dates, times and numbers as the reader's language writes them (Intl). Texts of days that are
// near come from the catalogue.

import { language, t } from '.'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language() + JSON.stringify(options)
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(language(), options)
    formats.set(key, made)
  }
  return made
}

function dayNumber(date: Date): number {
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

/** `15:04` */
export function formatTime(at: string | Date): string {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
}

/** `Today`, `Yesterday`, `Mon, 3 Aug`, with the year when it is another one. */
export function formatDay(at: string | Date, now = new Date()): string {
  const date = new Date(at)
  const distance = dayNumber(date) - dayNumber(now)
  if (distance === 0) return t('common.today')
  if (distance === -1) return t('common.yesterday')
  if (distance === 1) return t('common.tomorrow')
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return format({ year, month: 'short', day: 'numeric', weekday: 'short' }).format(date)
}

/** `3 Aug, 15:04`, with the year when it is another one; the time alone for today. */
export function formatWhen(at: string | Date, now = new Date()): string {
  const date = new Date(at)
  if (dayNumber(date) === dayNumber(now)) return formatTime(date)
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  const day = format({ year, month: 'short', day: 'numeric' }).format(date)
  return `${day} ${formatTime(date)}`
}

/** In full, for tooltips: `Monday, 3 August 2026, 15:04`. */
export function formatFull(at: string | Date): string {
  return format({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(at))
}

/** `3 minutes ago`, `2 天前`. */
export function formatAgo(at: string | Date, now = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' })
  const size = Math.abs(seconds)
  if (size < 60) return relative.format(0, 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  if (size < 30 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day')
  return formatWhen(at, now)
}

/** A due date: a day (`2026-11-25`) has no time zone, a point in time shows its time. */
export function formatDue(due: string, now = new Date()): string {
  if (due.length === 10) return formatDay(`${due}T00:00:00`, now)
  return `${formatDay(due, now)} ${formatTime(due)}`
}

/** True once the day, or the moment, has passed. */
export function isOverdue(due: string, now = new Date()): boolean {
  if (due.length === 10) return dayNumber(new Date(`${due}T00:00:00`)) < dayNumber(now)
  return new Date(due) < now
}

/** `1,234` */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(language()).format(value)
}

/** `A, B and C`, `A、B和C`. */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(items)
}
