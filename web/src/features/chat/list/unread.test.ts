import { describe, expect, it } from 'vitest'
import { answer, arrive, isAbove, openLine, place, watch } from './unread'

describe('the line of new messages', () => {
  it('stands where reading ended when there is something new', () => {
    expect(openLine(10, 3).after).toBe(10)
    expect(openLine(10, 0).after).toBeNull()
  })

  it('stays while one reads, scrolls and looks away', () => {
    let line = openLine(10, 3)
    line = watch(line, true)
    line = arrive(line, 13)
    line = watch(line, false)
    expect(line.after).toBe(10)
  })

  it('moves to what came while one looked away', () => {
    let line = watch(watch(openLine(10, 3), true), false)
    line = arrive(line, 14)
    expect(line.after).toBe(14)
    line = arrive(line, 14)
    expect(line.after).toBe(14)
  })

  it('does not move past what was never seen', () => {
    const line = arrive(openLine(10, 3), 12)
    expect(line.after).toBe(10)
  })

  it('lies above what is loaded while older pages hold the first of the new ones', () => {
    const line = openLine(10, 80)
    expect(isAbove(line, 40, true)).toBe(true)
    expect(isAbove(line, 11, false)).toBe(false)
    expect(isAbove(line, 10, true)).toBe(false)
    expect(isAbove(answer(line), 40, true)).toBe(false)
    expect(isAbove(openLine(10, 0), 40, true)).toBe(false)
  })

  it('goes when one answers, and can be put back', () => {
    const line = answer(watch(openLine(10, 3), true))
    expect(line.after).toBeNull()
    expect(place(line, 7).after).toBe(7)
  })
})
