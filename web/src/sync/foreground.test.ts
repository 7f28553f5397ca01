import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClientFrame } from '../protocol'
import { Foreground } from './foreground'

let said: boolean[]
let isConnected: boolean
let hasFocus: boolean
let foreground: Foreground

beforeEach(() => {
  vi.useFakeTimers()
  // What those of the tests before still say is not heard.
  const heard: boolean[] = []
  said = heard
  isConnected = true
  hasFocus = true
  vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus)
  foreground = new Foreground((frame: ClientFrame) => {
    if (isConnected && frame.type === 'foreground') heard.push(frame.active)
    return isConnected
  })
  foreground.start()
})

afterEach(() => vi.useRealTimers())

it('says it once, and again on every new connection', () => {
  foreground.welcomed()
  dispatchEvent(new Event('pointermove'))
  expect(said).toEqual([true])
  foreground.welcomed()
  expect(said).toEqual([true, true])
})

it('says when the reader turns away, and when they come back', () => {
  foreground.welcomed()
  hasFocus = false
  dispatchEvent(new Event('blur'))
  hasFocus = true
  dispatchEvent(new Event('focus'))
  expect(said).toEqual([true, false, true])
})

it('does not take a page that is left open for a reader', () => {
  foreground.welcomed()
  vi.advanceTimersByTime(100_000)
  dispatchEvent(new Event('keydown'))
  vi.advanceTimersByTime(100_000)
  expect(said).toEqual([true])
  vi.advanceTimersByTime(30_000)
  expect(said).toEqual([true, false])
  dispatchEvent(new Event('pointermove'))
  expect(said).toEqual([true, false, true])
})

it('says later what could not be sent', () => {
  isConnected = false
  foreground.welcomed()
  expect(said).toEqual([])
  isConnected = true
  dispatchEvent(new Event('pointermove'))
  expect(said).toEqual([true])
})
