import { expect, it } from 'vitest'
import { endOf, isWorking, statusOf } from './status'

const WEEK = { days: [1, 2, 3, 4, 5], from_minutes: 540, until_minutes: 1080 }
const NIGHTS = { days: [5], from_minutes: 22 * 60, until_minutes: 6 * 60 }
const at = (time: string) => new Date(time)

it('knows when somebody works, by the clock where they are', () => {
  // Friday, 09:30 in Shanghai and 02:30 in London.
  const friday = at('2026-11-27T01:30:00Z')
  expect(isWorking(WEEK, 'Asia/Shanghai', friday)).toBe(true)
  expect(isWorking(WEEK, 'Europe/London', friday)).toBe(false)
  // The end is not within; Saturday is not a day of theirs.
  expect(isWorking(WEEK, 'Asia/Shanghai', at('2026-11-27T10:00:00Z'))).toBe(false)
  expect(isWorking(WEEK, 'Asia/Shanghai', at('2026-11-28T01:30:00Z'))).toBe(false)
})

it('lets a shift end on the next morning', () => {
  expect(isWorking(NIGHTS, 'UTC', at('2026-11-27T23:00:00Z'))).toBe(true)
  expect(isWorking(NIGHTS, 'UTC', at('2026-11-28T05:59:00Z'))).toBe(true)
  expect(isWorking(NIGHTS, 'UTC', at('2026-11-28T06:00:00Z'))).toBe(false)
  expect(isWorking(NIGHTS, 'UTC', at('2026-11-27T05:00:00Z'))).toBe(false)
})

it('ends a day at midnight and a week with its Sunday, where the reader lives', () => {
  const now = at('2026-11-27T01:30:00Z')
  const end = (...[ending, zone]: [Parameters<typeof endOf>[0], string]) =>
    endOf(ending, zone, now).toISOString()
  expect(end('half_hour', 'UTC')).toBe('2026-11-27T02:00:00.000Z')
  expect(end('today', 'Asia/Shanghai')).toBe('2026-11-27T16:00:00.000Z')
  expect(end('week', 'Asia/Shanghai')).toBe('2026-11-29T16:00:00.000Z')
  const sunday = at('2026-11-29T12:00:00Z')
  expect(endOf('week', 'UTC', sunday).toISOString()).toBe('2026-11-30T00:00:00.000Z')
})

it('shows no status past its end', () => {
  const status = { emoji: '🌴', until: '2026-11-27T01:30:00Z' }
  expect(statusOf({ status }, at('2026-11-27T01:29:00Z'))).toBe(status)
  expect(statusOf({ status }, at('2026-11-27T01:30:00Z'))).toBeUndefined()
  expect(statusOf({ status: { text: 'a' } })).toBeDefined()
})
