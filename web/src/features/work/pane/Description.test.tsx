import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Task } from '../../../protocol'
import { Refused } from '../../../sync/pending'
import { loadFloating } from '../../../ui/floating'
import { Description } from './Description'

const sent = vi.hoisted(() => ({
  updateTask: vi.fn(),
  discard: vi.fn(),
  drafts: new Map<string, string>(),
}))

vi.mock('../../../model/task', () => ({ updateTask: sent.updateTask }))
vi.mock('../../../model/pending', async () => ({
  Refused: (await import('../../../sync/pending')).Refused,
  discard: sent.discard,
}))
vi.mock('../../../model/draft', () => ({
  useDraft: (key: string) => [
    sent.drafts.get(key) ?? '',
    (text: string) => sent.drafts.set(key, text),
  ],
}))
vi.mock('../../../ui/markdown/Markdown', () => ({
  Markdown: ({ text }: { text: string }) => <p>{text}</p>,
}))

const task = (description: string) => ({ id: 't', description }) as Task
const field = () => screen.getByRole('textbox') as HTMLTextAreaElement
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

// Before the environment goes: its buttons have tooltips.
beforeAll(loadFloating)
afterEach(() => {
  cleanup()
  sent.drafts.clear()
  vi.clearAllMocks()
})

describe('Description', () => {
  it('saves with the text it began from', () => {
    sent.updateTask.mockReturnValue({ requestId: 'r', settled: Promise.resolve({}) })
    render(<Description task={task('old')} locked={false} />)
    press('work.description_edit')
    fireEvent.change(field(), { target: { value: 'new' } })
    press('common.save')
    expect(sent.updateTask).toHaveBeenCalledWith('t', {
      description: 'new',
      description_from: 'old',
    })
  })

  it('shows the other text when it changes meanwhile, and replaces it only knowingly', () => {
    sent.updateTask.mockReturnValue({ requestId: 'r', settled: Promise.resolve({}) })
    const { rerender } = render(<Description task={task('old')} locked={false} />)
    press('work.description_edit')
    fireEvent.change(field(), { target: { value: 'mine' } })
    rerender(<Description task={task('theirs')} locked={false} />)
    expect(screen.getByRole('alert').textContent).toContain('theirs')
    expect(field().value).toBe('mine')
    expect(screen.queryByRole('button', { name: 'common.save' })).toBeNull()
    press('work.description_replace')
    expect(sent.updateTask).toHaveBeenCalledWith('t', {
      description: 'mine',
      description_from: 'theirs',
    })
  })

  it('brings the writing back when the server refuses it', async () => {
    const refusal = new Refused({ code: 'conflict', message: '' })
    sent.updateTask.mockReturnValue({ requestId: 'r', settled: Promise.reject(refusal) })
    render(<Description task={task('old')} locked={false} />)
    press('work.description_edit')
    fireEvent.change(field(), { target: { value: 'mine' } })
    press('common.save')
    await waitFor(() => expect(field().value).toBe('mine'))
    expect(sent.discard).toHaveBeenCalledWith('r')
    expect(screen.getByRole('alert')).toBeTruthy()
  })

  it('keeps what was typed on Escape, and offers it again', () => {
    render(<Description task={task('old')} locked={false} />)
    press('work.description_edit')
    fireEvent.change(field(), { target: { value: 'half' } })
    fireEvent.keyDown(field(), { key: 'Escape' })
    press('work.description_unsaved')
    expect(field().value).toBe('half')
    expect(sent.updateTask).not.toHaveBeenCalled()
  })
})
