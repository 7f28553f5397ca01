import { expect, it } from 'vitest'
import { momentOf } from '../../../i18n/zone'
import { laterChoices } from './later'

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
