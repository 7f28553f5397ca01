import { expect, it, vi } from 'vitest'
import { restOf } from './rest'

it('gives all of a list, however many pages it has', async () => {
  const pages: Record<string, unknown> = {
    '/api/v1/channels?limit=200': { items: [1, 2], next: '2.a b' },
    '/api/v1/channels?limit=200&after=2.a%20b': { items: [3], next: null },
  }
  const asked = vi.fn(async (path: string) => Response.json(pages[path]))
  vi.stubGlobal('fetch', asked)
  const rest = restOf({ csrf: () => undefined, unauthenticated: () => {} })
  expect(await rest.all<number>('/channels')).toEqual([1, 2, 3])
  expect(asked).toHaveBeenCalledTimes(2)
  vi.unstubAllGlobals()
})
