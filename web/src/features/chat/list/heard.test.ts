import { expect, it } from 'vitest'
import type { LocalMessage } from '../../../model/message'
import { cameSince } from './heard'

const message = (id: string, more: object = {}) => ({ id, author: 'mia', ...more }) as LocalMessage
const ids = (before: LocalMessage[], now: LocalMessage[]) =>
  cameSince(before, now, 'me').map(({ id }) => id)

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((id) => message(id)) as LocalMessage[]

it('is what others said behind what was there', () => {
  if (!(a && b && c)) throw new Error('they are there')
  expect(ids([a], [a, b, c])).toEqual(['b', 'c'])
  expect(ids([], [a])).toEqual(['a'])
  expect(
    ids([a], [a, message('own', { author: 'me' }), message('gone', { deleted: true })]),
  ).toEqual([])
})

it('is nothing where older ones or another page were loaded', () => {
  if (!(a && b && c && d)) throw new Error('they are there')
  expect(ids([c], [a, b, c])).toEqual([])
  expect(ids([a, b], [c, d])).toEqual([])
})

it('looks past what waits to be sent, and leaves a burst at its end', () => {
  if (!(a && b && c && d && e)) throw new Error('they are there')
  const waits = message('own', { author: 'me', local: { state: 'sending', requestId: 'r' } })
  expect(ids([a, waits], [a, b, waits])).toEqual(['b'])
  expect(ids([a], [a, b, c, d, e])).toEqual(['c', 'd', 'e'])
})
