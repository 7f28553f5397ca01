import { expect, it } from 'vitest'
import { momentOf } from '../../../i18n/zone'
import { laterChoices, sendChoices } from './later'

const shown = (now: string, zone: string) =>
  Object.fromEntries(laterChoices(new Date(now), zone).map(({ id, at }) => [id, at.toISOString()]))

it('counts days where the reader lives', () => {
  // Sunday morning in Shanghai, Saturday in London.
  const choices = shown('2026-11-28T18:00:00Z', 'Asia/Shanghai')
  expect(choices.tomorrow).toBe('2026-11-30T01:00:00.000Z')
  expect(choices.next_week).toBe('2026-11-30T01:00:00.000Z')
  expect(shown('2026-11-28T18:00:00Z', 'Europe/London').tomorrow).toBe('2026-11-29T09:00:00.000Z')
})

it('on a Monday means the Monday after it', () => {
  expect(shown('2026-11-30T08:00:00Z', 'UTC').next_week).toBe('2026-12-07T09:00:00.000Z')
})

it('knows when the clocks are changed', () => {
  expect(momentOf('2026-03-29', '09:00', 'Europe/Berlin').toISOString()).toBe(
    '2026-03-29T07:00:00.000Z',
  )
  expect(momentOf('2026-10-25', '09:00', 'Europe/Berlin').toISOString()).toBe(
    '2026-10-25T08:00:00.000Z',
  )
})

it('offers tomorrow and Monday to send at, once where they are the same', () => {
  const offered = (now: string, zone: string) =>
    sendChoices(new Date(now), zone).map(({ id, at }) => `${id} ${at.toISOString()}`)
  // Saturday in London, Sunday in Shanghai already.
  expect(offered('2026-11-28T18:00:00Z', 'Europe/London')).toEqual([
    'tomorrow 2026-11-29T09:00:00.000Z',
    'next_week 2026-11-30T09:00:00.000Z',
  ])
  expect(offered('2026-11-28T18:00:00Z', 'Asia/Shanghai')).toEqual([
    'next_week 2026-11-30T01:00:00.000Z',
  ])
  // The clocks go forward in the night before: nine o'clock comes an hour sooner.
  expect(offered('2026-03-28T12:00:00Z', 'Europe/Berlin')[0]).toBe(
    'tomorrow 2026-03-29T07:00:00.000Z',
  )
  expect(offered('2026-10-24T12:00:00Z', 'America/New_York')[0]).toBe(
    'tomorrow 2026-10-25T13:00:00.000Z',
  )
  expect(offered('2026-10-31T12:00:00Z', 'America/New_York')[0]).toBe(
    'tomorrow 2026-11-01T14:00:00.000Z',
  )
})

it('finds a moment where a clock skips it or shows it twice', () => {
  const at = (day: string, time: string, zone: string) => momentOf(day, time, zone).toISOString()
  // 02:30 is not there; an hour later than it would have been.
  expect(at('2026-03-29', '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  // 02:30 is there twice; one of both.
  expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(
    at('2026-10-25', '02:30', 'Europe/Berlin'),
  )
  // A zone that changes by half an hour, at midnight of another day.
  expect(at('2026-10-04', '02:15', 'Australia/Lord_Howe')).toBe('2026-10-03T15:45:00.000Z')
})
