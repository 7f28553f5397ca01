import { describe, expect, it } from 'vitest'
import { shortcutOf } from './shortcut'

const press = (key: string, more: object = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  ...more,
})

describe('shortcutOf', () => {
  it('knows single keys, sequences and modified keys', () => {
    expect(shortcutOf(press('c'), null)).toEqual({ id: 'create_task' })
    expect(shortcutOf(press('g'), null)).toEqual({ first: 'g' })
    expect(shortcutOf(press('i'), 'g')).toEqual({ id: 'inbox' })
    expect(shortcutOf(press('k', { ctrlKey: true }), null)).toEqual({ id: 'palette' })
    expect(shortcutOf(press('K', { metaKey: true }), null)).toEqual({ id: 'palette' })
  })

  it('begins anew when the second key fits nothing', () => {
    expect(shortcutOf(press('c'), 'g')).toEqual({ id: 'create_task' })
    expect(shortcutOf(press('x'), 'g')).toBeNull()
  })

  it('walks with Alt and the arrows, but never while an input method composes', () => {
    const alt = { altKey: true }
    expect(shortcutOf(press('ArrowUp', alt), null)).toEqual({ id: 'previous_channel' })
    expect(shortcutOf(press('ArrowDown', alt), null)).toEqual({ id: 'next_channel' })
    const unread = { altKey: true, shiftKey: true }
    expect(shortcutOf(press('ArrowUp', unread), null)).toEqual({ id: 'previous_unread' })
    expect(shortcutOf(press('ArrowDown', unread), null)).toEqual({ id: 'next_unread' })
    expect(shortcutOf(press('ArrowDown', { ...alt, ctrlKey: true }), null)).toBeNull()
    expect(shortcutOf(press('ArrowDown', { ...alt, isComposing: true }), null)).toBeNull()
    expect(shortcutOf(press('ArrowDown'), null)).toBeNull()
  })

  it('leaves modified letters to the browser', () => {
    expect(shortcutOf(press('c', { ctrlKey: true }), null)).toBeNull()
    expect(shortcutOf(press('c', { altKey: true }), null)).toBeNull()
  })

  it('keeps still while an input method composes, and takes its full-width sign', () => {
    expect(shortcutOf(press('c', { isComposing: true }), null)).toBeNull()
    expect(shortcutOf(press('Process'), null)).toBeNull()
    expect(shortcutOf(press('？'), null)).toEqual({ id: 'help' })
  })
})
