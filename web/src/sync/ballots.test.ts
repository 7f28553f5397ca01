// Votes wait for the connection, survive the page, and the newest one wins.

import { describe, expect, it, vi } from 'vitest'
import { Ballots, type Vote } from './ballots'
import { Refused } from './pending'

const chosen = (...choices: number[]): Vote => ({ choices, told: [], counted: 1 })
const refusal = (code: 'offline' | 'conflict' | 'unavailable') =>
  new Refused({ code, message: code })

function box() {
  const ports = {
    put: vi.fn(async (_message: string, _choices: readonly number[]): Promise<unknown> => ({})),
    get: vi.fn(async (_message: string): Promise<readonly number[]> => []),
    keep: vi.fn(),
    changed: vi.fn(),
    refused: vi.fn(),
    later: vi.fn((_run: () => void, _ms: number) => {}),
  }
  return { ports, ballots: new Ballots(ports) }
}

it('a vote waits for the connection and is sent once', async () => {
  const { ports, ballots } = box()
  ports.put.mockRejectedValueOnce(refusal('offline'))
  const cast = ballots.cast('a', chosen(1))
  await vi.waitFor(() => expect(ports.put).toHaveBeenCalledTimes(1))
  await Promise.resolve()
  expect(ballots.get('a')?.choices).toEqual([1])
  expect(ballots.size).toBe(1)
  ballots.flush()
  await cast
  expect(ports.put.mock.calls).toEqual([
    ['a', [1]],
    ['a', [1]],
  ])
  expect(ballots.size).toBe(0)
  expect(ports.keep).toHaveBeenLastCalledWith('')
  ballots.flush()
  expect(ports.put).toHaveBeenCalledTimes(2)
})

it('the newest vote is the last one sent', async () => {
  const { ports, ballots } = box()
  let first: (value: unknown) => void = () => {}
  ports.put.mockReturnValueOnce(new Promise((resolve) => (first = resolve)))
  const votes = [chosen(0), chosen(1), chosen(2)].map((vote) => ballots.cast('a', vote))
  expect(ports.put).toHaveBeenCalledTimes(1)
  first({})
  await Promise.all(votes)
  expect(ports.put.mock.calls.map(([, choices]) => choices)).toEqual([[0], [2]])
})

it('what an earlier page left is sent, and told of when it is refused', async () => {
  const left = box()
  left.ports.put.mockRejectedValue(refusal('offline'))
  void left.ballots.cast('a', chosen(1))
  const { ports, ballots } = box()
  ballots.restore(left.ports.keep.mock.lastCall?.[0])
  expect(ballots.get('a')).toEqual(chosen(1))
  ports.put.mockRejectedValueOnce(refusal('conflict'))
  ballots.flush()
  await vi.waitFor(() => expect(ports.refused).toHaveBeenCalledOnce())
  expect(ballots.size).toBe(0)
})

it('a server that cannot write now is asked again, a refusal is final', async () => {
  const { ports, ballots } = box()
  ports.put.mockRejectedValueOnce(refusal('unavailable'))
  const cast = ballots.cast('a', chosen(1))
  await vi.waitFor(() => expect(ports.later).toHaveBeenCalledOnce())
  expect(ballots.size).toBe(1)
  ports.put.mockRejectedValueOnce(refusal('conflict'))
  ports.later.mock.calls[0]?.[0]()
  await expect(cast).rejects.toBeInstanceOf(Refused)
  expect(ballots.size).toBe(0)
  expect(ports.refused).not.toHaveBeenCalled()
})

describe('a vote that had to wait', () => {
  const known = (choices: number[], ...others: number[][]): Vote => ({
    ...chosen(...choices),
    known: others,
  })
  const late = async (...votes: Vote[]) => {
    const { ports, ballots } = box()
    ports.put.mockRejectedValueOnce(refusal('offline'))
    const casts = votes.map((vote) => ballots.cast('a', vote))
    await vi.waitFor(() => expect(ports.put).toHaveBeenCalledOnce())
    await Promise.resolve()
    return { ports, ballots, cast: Promise.all(casts) }
  }

  it('asks nothing where it is heard at once', async () => {
    const { ports, ballots } = box()
    await ballots.cast('a', known([1], []))
    expect(ports.get).not.toHaveBeenCalled()
  })

  it('is sent over what its reader knew of', async () => {
    const { ports, ballots, cast } = await late(known([1], [0]))
    ports.get.mockResolvedValueOnce([0])
    ballots.flush()
    await cast
    expect(ports.put).toHaveBeenLastCalledWith('a', [1])
  })

  it('is not sent over what they chose on another device', async () => {
    const { ports, ballots, cast } = await late(known([1], []))
    ports.get.mockResolvedValueOnce([2])
    ballots.flush()
    await expect(cast).rejects.toMatchObject({ failure: { code: 'voted_elsewhere' } })
    expect(ports.put).toHaveBeenCalledOnce()
    expect(ballots.size).toBe(0)
  })

  it('knows what was heard without an answer, itself or one before it', async () => {
    const same = await late(known([1], []))
    same.ports.get.mockResolvedValueOnce([1])
    same.ballots.flush()
    await same.cast
    expect(same.ports.put).toHaveBeenCalledOnce()
    const newer = await late(known([1], []), known([2], [1]))
    newer.ports.get.mockResolvedValueOnce([1])
    newer.ballots.flush()
    await newer.cast
    expect(newer.ports.put).toHaveBeenLastCalledWith('a', [2])
  })

  it('is asked about after the page was loaded anew, too', async () => {
    const { ports: left, cast } = await late(known([1], []))
    void cast
    const { ports, ballots } = box()
    ballots.restore(left.keep.mock.lastCall?.[0])
    ports.get.mockResolvedValueOnce([2])
    ballots.flush()
    await vi.waitFor(() => expect(ports.refused).toHaveBeenCalledOnce())
    expect(ports.put).not.toHaveBeenCalled()
  })
})
