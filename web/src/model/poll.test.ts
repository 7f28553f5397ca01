import { beforeEach, expect, it, vi } from 'vitest'
import type { Message, Poll } from '../protocol'

const put = vi.fn(async () => ({ choices: [] }))
vi.mock('../sync/client', async () => {
  const { Ballots } = await import('../sync/ballots')
  const none = () => {}
  const ports = { put: (...args: unknown[]) => put(...(args as [])), keep: none, changed: none }
  const ballots = new Ballots({ ...ports, refused: none, later: none, get: async () => [] })
  const view = { subscribe: () => none }
  return { client: { ballots, view, get: vi.fn(async () => ({ choices: [] })) } }
})
const { pressed, standing, vote } = await import('./poll')
const { Refused } = await import('./pending')

const poll = (votes: number[], counted: number): Poll => ({
  options: votes.map((count, place) => ({ text: String(place), votes: count })),
  voters: votes.reduce((sum, count) => sum + count, 0),
  counted,
})
const message = (id: string, asks: Poll) => ({ id, poll: asks }) as Message

beforeEach(() => put.mockClear())

it('an option is chosen, changed and taken back', () => {
  expect(pressed([], 1, false)).toEqual([1])
  expect(pressed([1], 2, false)).toEqual([2])
  expect(pressed([2], 1, true)).toEqual([1, 2])
  expect(pressed([1], 1, false)).toEqual([])
})

it('counts the own vote until the server has', async () => {
  const before = poll([2, 0], 5)
  await vote(message('a', before), [0])
  expect(standing('a', before)).toEqual({ votes: [3, 0], voters: 3 })
  await vote(message('a', before), [1])
  expect(standing('a', before)).toEqual({ votes: [2, 1], voters: 3 })
  // The count that came holds it.
  const after = poll([2, 1], 9)
  expect(standing('a', after)).toEqual({ votes: [2, 1], voters: 3 })
  await vote(message('a', after), [])
  expect(standing('a', after)).toEqual({ votes: [2, 0], voters: 2 })
})

it('counts a vote that waits for a connection, also beside newer counts', async () => {
  put.mockRejectedValueOnce(new Refused({ code: 'offline', message: 'offline' }))
  void vote(message('c', poll([2, 0], 5)), [0])
  await Promise.resolve()
  expect(standing('c', poll([2, 4], 7))).toEqual({ votes: [3, 4], voters: 7 })
})

it('a vote that was refused is taken back', async () => {
  put.mockRejectedValueOnce(new Refused({ code: 'conflict', message: 'closed' }))
  const asks = poll([1, 1], 3)
  await expect(vote(message('b', asks), [0])).rejects.toBeInstanceOf(Refused)
  expect(standing('b', asks)).toEqual({ votes: [1, 1], voters: 2 })
})
