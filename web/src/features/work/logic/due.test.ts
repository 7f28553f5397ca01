import { describe, expect, it } from 'vitest'
import {
  addDays,
  dayOf,
  dayWords,
  dueBucket,
  instantOf,
  isOverdue,
  nearDay,
  nextMonday,
  timeOf,
  todayIn,
} from './due'

const SHANGHAI = 'Asia/Shanghai'
const NEW_YORK = 'America/New_York'
/** Sunday 22 November 2026: 23:30 in London, already Monday 07:30 in Shanghai. */
const NOW = new Date('2026-11-22T23:30:00Z')

describe('dueBucket', () => {
  it('reads today in the zone of the member', () => {
    expect(todayIn(SHANGHAI, NOW)).toBe('2026-11-23')
    expect(dueBucket('2026-11-23', SHANGHAI, NOW)).toBe('today')
    expect(dueBucket('2026-11-23', NEW_YORK, NOW)).toBe('soon')
    expect(dueBucket('2026-11-22', SHANGHAI, NOW)).toBe('overdue')
    expect(dueBucket('2026-11-22', NEW_YORK, NOW)).toBe('today')
  })

  it('separates soon from later, and knows none', () => {
    expect(dueBucket('2026-11-30', SHANGHAI, NOW)).toBe('soon')
    expect(dueBucket('2026-12-01', SHANGHAI, NOW)).toBe('later')
    expect(dueBucket(undefined, SHANGHAI, NOW)).toBe('none')
    expect(dueBucket(null, SHANGHAI, NOW)).toBe('none')
  })

  it('makes a point in time overdue when it has passed, not at midnight', () => {
    expect(dueBucket('2026-11-22T23:00:00Z', SHANGHAI, NOW)).toBe('overdue')
    expect(dueBucket('2026-11-23T07:00:00Z', SHANGHAI, NOW)).toBe('today')
    expect(isOverdue('2026-11-22T23:29:59Z', NEW_YORK, NOW)).toBe(true)
    expect(isOverdue('2026-11-22T23:30:01Z', NEW_YORK, NOW)).toBe(false)
  })
})

describe('calendar', () => {
  it('adds days over months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  })

  it('finds the next Monday, a week on from a Monday', () => {
    expect(nextMonday('2026-11-22')).toBe('2026-11-23')
    expect(nextMonday('2026-11-23')).toBe('2026-11-30')
    expect(nextMonday('2026-11-28')).toBe('2026-11-30')
  })

  it('turns a wall-clock time into a point in time and back', () => {
    expect(instantOf('2026-11-25', '15:00', SHANGHAI)).toBe('2026-11-25T07:00:00Z')
    const summer = instantOf('2026-07-01', '09:30', NEW_YORK)
    expect(summer).toBe('2026-07-01T13:30:00Z')
    expect(dayOf(summer, NEW_YORK)).toBe('2026-07-01')
    expect(timeOf(summer, NEW_YORK)).toBe('09:30')
    // The day the clocks go back.
    expect(timeOf(instantOf('2026-11-01', '12:00', NEW_YORK), NEW_YORK)).toBe('12:00')
  })
})

describe('words', () => {
  it('names the near days', () => {
    expect(nearDay('2026-11-24', '2026-11-23')).toBe('tomorrow')
    expect(nearDay('2026-11-22', '2026-11-23')).toBe('yesterday')
    expect(nearDay('2026-11-30', '2026-11-23')).toBeNull()
  })

  it('writes dates as each language does, the year only when it differs', () => {
    expect(dayWords('2026-12-05', '2026-11-23', 'zh-CN')).toBe('12月5日')
    expect(dayWords('2026-12-05', '2026-11-23', 'en')).toBe('Dec 5')
    expect(dayWords('2027-01-05', '2026-11-23', 'zh-CN')).toBe('2027年1月5日')
  })
})
