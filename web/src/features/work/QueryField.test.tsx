import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { setLanguage } from '../../i18n'
import type { Failure } from '../../model/pending'
import type { Queried } from '../../model/query'
import type { Member, QueryFault, State } from '../../protocol'
import { loadFloating } from '../../ui/floating'
import { loadPinyin } from '../palette/pinyin'
import { QueryField } from './QueryField'

const members = [
  { id: 'm1', name: '张三', handle: 'zhangsan', active: true, kind: 'person' },
  { id: 'm2', name: 'Li', handle: 'li', active: true, kind: 'person' },
] as Member[]

vi.mock('../../model/member', () => ({ useMembers: () => members, useMe: () => members[1] }))

const states: State[] = [{ id: 'doing', name: 'In progress', category: 'doing' }]

const NOTHING: Queried = { ids: undefined, archived: [], failure: undefined, isCut: false }

beforeAll(async () => {
  await setLanguage('en')
  await Promise.all([loadPinyin(), loadFloating()])
})
afterEach(cleanup)

function show(value: string, answer = NOTHING) {
  const onChange = vi.fn()
  const props = { states, labels: ['bug'], answer, onChange }
  render(<QueryField {...props} value={value} />)
  return onChange
}

const field = () => screen.getByRole('combobox') as HTMLInputElement
const offered = () => screen.queryAllByRole('option').map((option) => option.textContent)
const type = (value: string) => fireEvent.change(field(), { target: { value } })

describe('QueryField', () => {
  it('offers people by pinyin, and states as they are written', () => {
    show('')
    fireEvent.focus(field())
    type('assignee = zs')
    expect(offered()).toEqual([expect.stringContaining('张三')])
    fireEvent.keyDown(field(), { key: 'ArrowDown' })
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(field().value).toBe('assignee = zhangsan ')
    type('state = in')
    fireEvent.keyDown(field(), { key: 'ArrowDown' })
    fireEvent.keyDown(field(), { key: 'Tab' })
    expect(field().value).toBe('state = "In progress" ')
  })

  it('looks for none of the words of a query that is being written', async () => {
    const onChange = show('')
    type('assignee')
    expect(onChange).toHaveBeenLastCalledWith('assignee')
    type('assignee ')
    expect(onChange).toHaveBeenLastCalledWith('')
    type('assignee = ')
    expect(onChange).toHaveBeenLastCalledWith('')
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('assignee = '))
  })

  it('tells words at once, and a query when one pauses', async () => {
    const onChange = show('')
    type('login')
    expect(onChange).toHaveBeenLastCalledWith('login')
    type('label = bug')
    expect(onChange).not.toHaveBeenCalledWith('label = bug')
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('label = bug'))
  })

  it('keeps what is typed when what was typed before comes late', () => {
    const props = { states, labels: [], answer: NOTHING, onChange: vi.fn() }
    const { rerender } = render(<QueryField {...props} value="" />)
    field().focus()
    type('lo')
    type('log')
    rerender(<QueryField {...props} value="lo" />)
    expect(field().value).toBe('log')
    field().blur()
    rerender(<QueryField {...props} value="shared" />)
    expect(field().value).toBe('shared')
  })

  it('leaves Enter to the input method', () => {
    const onChange = show('')
    fireEvent.compositionStart(field())
    type('denglu')
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true, keyCode: 229 })
    expect(onChange).not.toHaveBeenCalled()
  })

  it('marks the place that is wrong', () => {
    const fault: QueryFault = {
      reason: 'unknown_field',
      line: 1,
      column: 1,
      length: 5,
      found: 'owner',
      expected: ['key'],
    }
    const failure: Failure = { code: 'bad_query', message: '', fault }
    show('owner = li', { ...NOTHING, failure })
    expect(screen.getByRole('alert').querySelector('mark')?.textContent).toBe('owner')
    expect(field().getAttribute('aria-invalid')).toBe('true')
  })
})
