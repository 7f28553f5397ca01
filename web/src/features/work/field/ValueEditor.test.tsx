import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import type { Field } from '../../../protocol'
import { ValueEditor } from './ValueEditor'

const drafts = vi.hoisted(() => new Map<string, string>())

vi.mock('../../../model/draft', () => ({
  useDraft: (key: string) => [
    drafts.get(key) ?? '',
    (text: string) => (text === '' ? drafts.delete(key) : drafts.set(key, text)),
  ],
}))

afterEach(() => {
  cleanup()
  drafts.clear()
})

const AMOUNT: Field = { id: 'amount', name: '金额', kind: 'number' }
const onChange = vi.fn()
const field = () => screen.getByRole('textbox') as HTMLInputElement
const type = (value: string) => fireEvent.change(field(), { target: { value } })

function show() {
  onChange.mockClear()
  const props = { field: AMOUNT, value: 5, project: 'p', onChange, draft: 'field:t:amount' }
  return render(<ValueEditor {...props} />)
}

it('keeps what is no value while its screen is closed, and says so', () => {
  const { unmount } = show()
  type('贵')
  unmount()
  expect(onChange).not.toHaveBeenCalled()
  show()
  expect(field().value).toBe('贵')
  expect(screen.getByRole('alert').textContent).toBe('work.field_wrong_number')
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(field().value).toBe('5')
  expect(drafts.size).toBe(0)
})

it('saves a value when its screen closes before the field is left', () => {
  const { unmount } = show()
  type('贵')
  type('42')
  expect(drafts.size).toBe(0)
  unmount()
  expect(onChange).toHaveBeenCalledWith(42)
})

it('lets an address be typed on until it is left', () => {
  onChange.mockClear()
  const draft = 'field:t:page'
  drafts.set(draft, 'a b')
  const page: Field = { id: 'page', name: '页面', kind: 'link' }
  render(
    <ValueEditor {...{ field: page, value: 'https://a.cn/', project: 'p', onChange, draft }} />,
  )
  expect(field().value).toBe('a b')
  type('b')
  type('b.cn')
  expect(onChange).not.toHaveBeenCalled()
  fireEvent.blur(field())
  expect(onChange.mock.calls).toEqual([['https://b.cn']])
  expect(screen.queryByRole('textbox')).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'work.field_edit' }))
  type('c.cn')
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(onChange).toHaveBeenCalledTimes(1)
})

it('saves once, and nothing that was not typed', () => {
  const { unmount } = show()
  type('42')
  fireEvent.blur(field())
  unmount()
  expect(onChange).toHaveBeenCalledTimes(1)
  show().unmount()
  expect(onChange).not.toHaveBeenCalled()
})

const typed = vi.fn()

function Form() {
  const [value, setValue] = useState<number>()
  const onTyped = (next: unknown) => {
    typed(next)
    if (next !== undefined) setValue(next as number)
  }
  return <ValueEditor {...{ field: AMOUNT, value, project: 'p', onChange, onTyped }} />
}

it('tells a form at every key whether there is a value', () => {
  render(<Form />)
  type('7')
  type('7x')
  expect(typed.mock.calls.flat()).toEqual([7, undefined])
  fireEvent.blur(field())
  screen.getByRole('alert')
  fireEvent.keyDown(field(), { key: 'Escape' })
  expect(typed).toHaveBeenLastCalledWith(7)
  expect(field().value).toBe('7')
})
