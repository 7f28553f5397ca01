import { expect, it } from 'vitest'
import type { Member, Workspace } from '../protocol'
import { canAddEmoji, nameOfFile } from './emoji'

it('a file suggests the name of its emoji', () => {
  expect(nameOfFile('Party Cat.gif')).toBe('party_cat')
  expect(nameOfFile('赞同 (1).PNG')).toBe('赞同_1')
  expect(nameOfFile('...')).toBe('')
})

it('members add emoji unless administrators keep it to themselves', () => {
  const as = (role: string) => ({ role }) as Member
  const open = {} as Workspace
  const kept = { restricts_emoji: true } as Workspace
  expect(canAddEmoji(as('member'), open)).toBe(true)
  expect(canAddEmoji(as('guest'), open)).toBe(false)
  expect(canAddEmoji(as('member'), kept)).toBe(false)
  expect(canAddEmoji(as('admin'), kept)).toBe(true)
})
