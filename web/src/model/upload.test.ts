// What was attached survives the page, for as long as the server keeps it.

import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { client } from '../sync/client'
import { knownFile } from '../sync/file'
import { takeUploads, uploadsKey, useUploads } from './upload'

const HOUR_MS = 60 * 60_000

function kept(name: string, ageMs: number) {
  const file = { id: `id-${name}`, name, media_type: 'text/plain', size: 5 }
  return { at: Date.now() - ageMs, file }
}

it('takes up what an earlier page uploaded, unless the server has let go of it', () => {
  const left = [kept('old.txt', 24 * HOUR_MS), kept('new.txt', HOUR_MS)]
  client.drafts.set(uploadsKey('channel:c'), JSON.stringify(left))
  const { result } = renderHook(() => useUploads('channel:c'))
  expect(result.current.map(({ name, state }) => [name, state])).toEqual([['new.txt', 'done']])
  expect(knownFile('id-new.txt').name).toBe('new.txt')
  client.drafts.set(uploadsKey('channel:d'), JSON.stringify([kept('old.txt', 24 * HOUR_MS)]))
  expect(renderHook(() => useUploads('channel:d')).result.current).toEqual([])
  expect(client.drafts.get(uploadsKey('channel:d'))).toBe('')
  expect(takeUploads('channel:c')).toEqual(['id-new.txt'])
  expect(client.drafts.get(uploadsKey('channel:c'))).toBe('')
})
