import { expect, it } from 'vitest'
import { byRank, rankBetween } from './rank'

it('finds a place between any two ranks, and beyond the ends', () => {
  const pairs: [string | undefined, string | undefined][] = [
    ['a', 'b'],
    ['a', 'aB'],
    ['a1', 'a2'],
    ['az', 'b'],
    ['Uzz', 'V'],
    [undefined, '0'],
    [undefined, 'A'],
    ['z', undefined],
    [undefined, undefined],
  ]
  for (const [low, high] of pairs) {
    const made = rankBetween(low, high)
    if (low !== undefined) expect(made > low).toBe(true)
    if (high !== undefined) expect(made < high).toBe(true)
  }
})

it('always finds room at the same place', () => {
  let high = 'b'
  for (let count = 0; count < 200; count += 1) {
    const made = rankBetween('a', high)
    expect('a' < made && made < high).toBe(true)
    high = made
  }
})

it('orders equal ranks by number', () => {
  const cards = [
    { rank: 'b', number: 1 },
    { rank: 'a', number: 3 },
    { rank: 'a', number: 2 },
  ]
  expect(cards.sort(byRank).map(({ number }) => number)).toEqual([2, 3, 1])
})
