import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import type { Field, Member, Project } from '../../../protocol'
import { useShownFields } from './shown'

const people = vi.hoisted(() => ({ all: [] as Member[] }))

vi.mock('../../../model/member', () => ({
  useMembers: () => people.all,
  useMe: () => ({ time_zone: 'UTC' }),
}))

const FIELDS: Field[] = [
  { id: 'a', name: '金额', kind: 'number' },
  { id: 'b', name: '测试人', kind: 'person' },
  { id: 'c', name: '旧', kind: 'text', archived: true },
]
const project = { id: 'p', fields: FIELDS } as Project

afterEach(() => {
  cleanup()
  localStorage.clear()
})

it('is chosen for a face of a project, in the order of the fields', () => {
  const { result } = renderHook(() => useShownFields(project, 'list'))
  expect(result.current.fields.map(({ id }) => id)).toEqual(['a', 'b'])
  for (const id of ['b', 'a']) act(() => result.current.toggle(id))
  const again = (face: 'board' | 'list') =>
    renderHook(() => useShownFields(project, face)).result.current.shown.fields.map(({ id }) => id)
  expect(again('list')).toEqual(['a', 'b'])
  expect(again('board')).toEqual([])
  act(() => result.current.toggle('a'))
  expect(again('list')).toEqual(['b'])
})

it('stays the same for cards until something that they show is another', () => {
  const { result, rerender } = renderHook(() => useShownFields(project, 'board'))
  act(() => result.current.toggle('a'))
  const before = result.current.shown
  people.all = [{ id: 'm', name: 'Mia' } as Member]
  rerender()
  expect(result.current.shown).toBe(before)
  act(() => result.current.toggle('b'))
  expect(result.current.shown.names.member('m')).toBe('Mia')
  people.all = [{ id: 'm', name: 'Mia Li' } as Member]
  rerender()
  expect(result.current.shown.names.member('m')).toBe('Mia Li')
})
