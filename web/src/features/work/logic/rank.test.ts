import { describe, expect, it } from 'vitest'
import { compareRank, rankBetween } from './rank'

describe('rankBetween', () => {
  it('lies strictly between any two neighbours', () => {
    const pairs: [string, string][] = [
      ['a', 'b'],
      ['a', 'a1'],
      ['V', 'W'],
      ['a0', 'a00V'],
      ['Vz', 'W'],
      ['Vzzz', 'W1'],
      ['~', '~~'],
    ]
    for (const [above, below] of pairs) {
      const rank = rankBetween(above, below)
      expect(rank > above, `${rank} > ${above}`).toBe(true)
      expect(rank < below, `${rank} < ${below}`).toBe(true)
    }
  })

  it('finds a place at both ends and in an empty column', () => {
    expect(rankBetween(null, 'V') < 'V').toBe(true)
    expect(rankBetween('V', null) > 'V').toBe(true)
    expect(rankBetween('~~', null) > '~~').toBe(true)
    expect(rankBetween(null, null).length).toBeGreaterThan(0)
  })

  it('keeps finding room when the same gap is used again and again', () => {
    let above = 'V'
    const below = 'W'
    for (let i = 0; i < 200; i++) {
      const rank = rankBetween(above, below)
      expect(rank > above && rank < below).toBe(true)
      above = rank
    }
    let low: string | null = null
    let high = 'V'
    for (let i = 0; i < 100; i++) {
      const rank: string = rankBetween(low, high)
      expect(rank < high).toBe(true)
      high = rank
      low = null
    }
  })

  it('ends directly after the upper neighbour when both are equal', () => {
    expect(rankBetween('a', 'a') > 'a').toBe(true)
  })
})

describe('compareRank', () => {
  it('compares as bytes, not as words, and breaks ties by id', () => {
    const tasks = [
      { id: '2', rank: 'a' },
      { id: '1', rank: 'a' },
      { id: '3', rank: 'B' },
    ]
    expect(tasks.sort(compareRank).map((task) => task.id)).toEqual(['3', '1', '2'])
  })
})
