import { afterEach, expect, test, vi } from 'vitest'
import { persistently } from './persistently'

afterEach(() => vi.useRealTimers())

test('a part that cannot be loaded is loaded when the connection is back', async () => {
  vi.useFakeTimers()
  const load = vi.fn<() => Promise<string>>()
  load.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValue('here')
  const loaded = persistently(load)
  await vi.advanceTimersByTimeAsync(0)
  expect(load).toHaveBeenCalledTimes(1)
  dispatchEvent(new Event('online'))
  expect(await loaded).toBe('here')
})

test('or after a while', async () => {
  vi.useFakeTimers()
  const load = vi.fn<() => Promise<string>>()
  load.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValue('here')
  const loaded = persistently(load)
  await vi.runOnlyPendingTimersAsync()
  await vi.runOnlyPendingTimersAsync()
  expect(await loaded).toBe('here')
  expect(load).toHaveBeenCalledTimes(2)
})
