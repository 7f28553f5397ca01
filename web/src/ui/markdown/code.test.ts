import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { findColours, knownColours } from './code'

/** Stands for the worker: is ready at once, answers unless the text says "forever". */
class Fake {
  static started = 0
  onmessage: ((event: { data: unknown }) => void) | null = null
  terminated = false
  constructor() {
    Fake.started++
    queueMicrotask(() => this.onmessage?.({ data: 'ready' }))
  }
  postMessage({ text }: { text: string }) {
    const data = [{ text, kind: 'word' }]
    if (text !== 'forever') queueMicrotask(() => !this.terminated && this.onmessage?.({ data }))
  }
  terminate() {
    this.terminated = true
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('Worker', Fake)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('a text that takes too long gets no colours, and those behind it get theirs', async () => {
  const done = vi.fn()
  findColours('forever', 'md', () => done('forever'))
  findColours('fn', 'rust', () => done('fn'))
  findColours('unseen', 'rust', () => done('unseen'))()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(done).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(done.mock.calls).toEqual([['forever'], ['fn']])
  expect(knownColours('forever', 'md')).toBeNull()
  expect(knownColours('fn', 'rust')).toEqual([{ text: 'fn', kind: 'word' }])
  expect(knownColours('fn', 'go')).toBeUndefined()
  expect(knownColours('unseen', 'rust')).toBeUndefined()
  expect(Fake.started).toBe(2)
})
