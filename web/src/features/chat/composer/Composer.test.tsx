// @vitest-environment happy-dom
import { act, cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setLanguage } from '../../../i18n'
import { client } from '../../../sync/client'
import { loadFloating } from '../../../ui/floating'
import { loadPinyin } from '../../palette/pinyin'
import { Composer } from './Composer'
import type { SlashCommands } from './slash'

const member = (id: string, name: string, handle: string) => ({
  id,
  name,
  handle,
  kind: 'person' as const,
  role: 'member' as const,
  time_zone: 'UTC',
  language: 'en' as const,
  active: true,
  joined_at: '2026-01-01T00:00:00Z',
})
const me = member('me', 'Ann', 'ann')

afterEach(cleanup)

beforeEach(async () => {
  await Promise.all([setLanguage('en'), loadFloating(), loadPinyin()])
  client.view.replica.load({
    seq: 1,
    workspace: { id: 'w', name: 'W', created_at: '2026-01-01T00:00:00Z' } as never,
    member: me,
    members: [me, member('zs', '张三', 'san'), member('bob', 'Bob', 'bob')],
    channels: [],
    memberships: [],
    projects: [],
    feeds: [],
    preferences: { sound: true, browser: true },
    channel_settings: [],
    groups: [],
    spaces: [],
    own_spaces: [],
    side_bar: { sections: [] },
    notifications: [],
    saved: [],
    scheduled: [],
  })
})

const AROUND = { present: undefined, recent: [], everyone: true, projects: [] }

interface WritingProps {
  onSend(text: string): void
  late?: boolean
  commands?: SlashCommands
}

function Writing({ onSend, late = false, commands }: WritingProps) {
  const [kept, setKept] = useState('')
  // As the draft store does: what was typed comes back after a while.
  const keep = late ? (text: string) => void setTimeout(() => setKept(text), 5) : setKept
  return (
    <Composer
      value={kept}
      onChange={keep}
      onSend={onSend}
      label="Write"
      around={AROUND}
      {...(commands && { commands })}
    />
  )
}

function setUp(late = false) {
  const sent = vi.fn()
  render(<Writing onSend={sent} late={late} />)
  const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write' })
  const type = (text: string) => {
    fireEvent.change(area, { target: { value: text } })
    area.setSelectionRange(text.length, text.length)
    fireEvent.select(area)
  }
  return { sent, area, type }
}

/** An event that happened then, however slow the machine is. */
function at(timeStamp: number, event: Event): Event {
  Object.defineProperty(event, 'timeStamp', { value: timeStamp })
  return event
}

describe('Enter', () => {
  it('sends what was typed, once, and empties the field at once', () => {
    const { sent, area, type } = setUp(true)
    type('  hello ')
    fireEvent.keyDown(area, { key: 'Enter' })
    fireEvent.keyDown(area, { key: 'Enter' })
    expect(sent.mock.calls).toEqual([['hello']])
    expect(area.value).toBe('')
  })

  it('breaks the line with Shift and sends nothing', () => {
    const { sent, area, type } = setUp()
    type('hello')
    fireEvent.keyDown(area, { key: 'Enter', shiftKey: true })
    expect(sent).not.toHaveBeenCalled()
  })

  it('never sends while an input method composes', () => {
    const { sent, area, type } = setUp()
    fireEvent.compositionStart(area)
    type('nihao')
    fireEvent.keyDown(area, { key: 'Enter', isComposing: true, keyCode: 229 })
    expect(sent).not.toHaveBeenCalled()
    type('你好')
    fireEvent(area, at(5_000, createEvent.compositionEnd(area)))
    // WebKit: the same Enter comes once more, after the end and without a mark.
    const again = { key: 'Enter', keyCode: 13 }
    fireEvent(area, at(5_002, createEvent.keyDown(area, again)))
    expect(sent).not.toHaveBeenCalled()
    fireEvent.keyUp(area, { key: 'Enter' })
    fireEvent.keyDown(area, { key: 'Enter', keyCode: 13 })
    expect(sent.mock.calls).toEqual([['你好']])
  })

  it('sends neither blanks nor what is longer than the server takes', () => {
    const { sent, area, type } = setUp()
    type('  \n ')
    fireEvent.keyDown(area, { key: 'Enter' })
    type('榫'.repeat(22_000))
    fireEvent.keyDown(area, { key: 'Enter' })
    expect(sent).not.toHaveBeenCalled()
    expect(screen.getByRole('status').textContent).toMatch(/too long/)
  })
})

describe('a list', () => {
  it('goes on with Shift and Enter, and not while an input method composes', () => {
    const { sent, area, type } = setUp()
    type('1. 一')
    fireEvent.compositionStart(area)
    fireEvent.keyDown(area, { key: 'Enter', shiftKey: true, isComposing: true, keyCode: 229 })
    expect(area.value).toBe('1. 一')
    fireEvent(area, at(5_000, createEvent.compositionEnd(area)))
    fireEvent.keyUp(area, { key: 'Enter' })
    fireEvent.keyDown(area, { key: 'Enter', shiftKey: true })
    expect(area.value).toBe('1. 一\n2. ')
    fireEvent.keyDown(area, { key: 'Enter', shiftKey: true })
    expect(area.value).toBe('1. 一\n')
    expect(sent).not.toHaveBeenCalled()
  })
})

describe('completion', () => {
  it('takes a person right behind a Chinese character instead of sending', async () => {
    const { sent, area, type } = setUp()
    await act(async () => type('请@张'))
    expect(await screen.findByRole('listbox')).toBeTruthy()
    expect(area.getAttribute('aria-activedescendant')).toMatch(/-0$/)
    await act(async () => fireEvent.keyDown(area, { key: 'Enter' }))
    expect(area.value).toBe('请@张三 ')
    expect(sent).not.toHaveBeenCalled()
    expect(screen.queryByRole('listbox')).toBeNull()
    await act(async () => fireEvent.keyDown(area, { key: 'Enter' }))
    expect(sent.mock.calls).toEqual([['请@张三']])
  })

  it('closes with Escape and then leaves Enter alone', async () => {
    const { sent, area, type } = setUp()
    await act(async () => type('@bo'))
    expect(await screen.findByRole('listbox')).toBeTruthy()
    await act(async () => fireEvent.keyDown(area, { key: 'Escape' }))
    expect(screen.queryByRole('listbox')).toBeNull()
    fireEvent.keyDown(area, { key: 'Enter' })
    expect(sent.mock.calls).toEqual([['@bo']])
  })
})

describe('a command', () => {
  const run = vi.fn((text: string) => {
    if (!text.startsWith('/')) return 'message' as const
    return text.startsWith('/topic') ? ('done' as const) : ('kept' as const)
  })

  it('is carried out instead of being sent; what it cannot do stays', () => {
    const sent = vi.fn()
    render(<Writing onSend={sent} commands={{ names: ['topic'], run }} />)
    const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write' })
    const enter = (text: string) => {
      fireEvent.change(area, { target: { value: text } })
      fireEvent.keyDown(area, { key: 'Enter' })
    }
    enter('/topic Launch week')
    expect(run).toHaveBeenLastCalledWith('/topic Launch week')
    expect(area.value).toBe('')
    enter('/taks it')
    expect(area.value).toBe('/taks it')
    expect(sent).not.toHaveBeenCalled()
    enter(' /topic is a command')
    expect(sent).toHaveBeenCalledWith('/topic is a command')
  })
})
