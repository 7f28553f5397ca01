import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { Page, Task } from '../protocol'
import { useAside } from './put_aside'

const server = vi.hoisted(() => ({
  asked: [] as { path: string; answer: (page: Page<Task>) => void; fail: () => void }[],
  changed: () => {},
}))

vi.mock('../sync/client', () => ({
  client: {
    get: (path: string) =>
      new Promise((answer, fail) => {
        server.asked.push({ path, answer, fail: () => fail(new Error('away')) })
      }),
    view: {
      subscribe: (_topic: string, changed: () => void) => {
        server.changed = changed
        return () => {}
      },
    },
  },
}))

afterEach(() => {
  cleanup()
  server.asked = []
})

const page = (ids: string, next?: string) => ({
  items: [...ids].map((id) => ({ id }) as Task),
  next: next ?? null,
})

function shown() {
  const { result } = renderHook(() => useAside('p', 'archive'))
  const ids = () => result.current.rows.map(({ task }) => task.id).join('')
  const answer = (at: number, ...what: Parameters<typeof page>) =>
    act(async () => server.asked[at]?.answer(page(...what)))
  const press = () => act(async () => result.current.more?.())
  return { result, ids, answer, press }
}

it('asks once for a page that is wanted twice', async () => {
  const { ids, answer, press } = shown()
  await answer(0, 'ab', 'behind b')
  await press()
  await press()
  expect(server.asked.map(({ path }) => path.includes('after=behind+b'))).toEqual([false, true])
  await answer(1, 'cd')
  expect(ids()).toBe('abcd')
})

it('drops an older page that comes after the list changed', async () => {
  const { ids, answer, press } = shown()
  await answer(0, 'ab', 'behind b')
  await press()
  await act(async () => server.changed())
  await answer(2, 'xa', 'behind a')
  await answer(1, 'cd')
  expect(ids()).toBe('xa')
  await press()
  await answer(3, 'b')
  expect(ids()).toBe('xab')
})

it('shows as many as before when something changed, and nothing twice', async () => {
  const { ids, answer, press } = shown()
  await answer(0, 'ab', 'behind b')
  await press()
  await answer(1, 'bc', 'behind c')
  expect(ids()).toBe('abc')
  await act(async () => server.changed())
  await answer(2, 'xb', 'behind b')
  expect(ids()).toBe('abc')
  await answer(3, 'cd', 'behind d')
  expect(ids()).toBe('xbcd')
})

it('keeps what there is while nothing can be loaded, and asks again once connected', async () => {
  const { result, ids, answer, press } = shown()
  await answer(0, 'ab', 'behind b')
  await press()
  await act(async () => server.asked[1]?.fail())
  expect(result.current.status).toBe('error')
  expect(ids()).toBe('ab')
  await act(async () => dispatchEvent(new Event('online')))
  await answer(2, 'abc')
  expect(result.current.status).toBe('ready')
  expect(ids()).toBe('abc')
})
