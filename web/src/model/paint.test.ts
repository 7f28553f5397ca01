// What nobody sees waits for the paint, and is called off by who leaves before.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterPaint } from './paint'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('begins after a frame and ends what it began', () => {
  const end = vi.fn()
  const run = vi.fn(() => end)
  const stop = afterPaint(run)
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(50)
  expect(run).toHaveBeenCalledOnce()
  stop()
  expect(end).toHaveBeenCalledOnce()
})

it('never begins what was left before the paint', () => {
  const run = vi.fn(() => undefined)
  afterPaint(run)()
  vi.advanceTimersByTime(50)
  expect(run).not.toHaveBeenCalled()
})

it('does not wait where nothing is painted', () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const run = vi.fn(() => undefined)
  afterPaint(run)
  expect(run).toHaveBeenCalledOnce()
})
