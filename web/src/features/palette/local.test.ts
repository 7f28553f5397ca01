import { expect, it } from 'vitest'
import { FORMAT_KEYS } from '../chat/composer/format'
import { MESSAGE_KEYS } from '../chat/message/key'
import { FIELD_KEYS } from '../work/field/FieldPopup'
import { LOCAL_SHORTCUTS } from './local'

/** The single keys that the sheet tells in a group. */
const told = (group: string) =>
  LOCAL_SHORTCUTS.filter((shortcut) => shortcut.group === group).flatMap(({ keys }) =>
    keys.split(' '),
  )

it('tells every letter that a message or a card listens for', () => {
  const letters = (keys: object) => Object.keys(keys).filter((key) => /^[a-z]$/.test(key))
  for (const letter of letters(MESSAGE_KEYS))
    expect(told('message')).toContain(letter.toUpperCase())
  for (const letter of letters(FIELD_KEYS)) expect(told('board')).toContain(letter.toUpperCase())
  expect(told('message')).toContain('Delete')
})

it('tells no key of a message that means nothing', () => {
  for (const key of told('message').filter((each) => /^[A-Z]$/.test(each)))
    expect(MESSAGE_KEYS).toHaveProperty(key.toLowerCase())
})

it('means one thing by each key while one writes', () => {
  const keys = [...told('write'), ...Object.values(FORMAT_KEYS)]
  expect(new Set(keys).size).toBe(keys.length)
})
