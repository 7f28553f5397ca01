import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useShortcuts } from './shortcut'

const run = { create_task: vi.fn(), my_work: vi.fn(), palette: vi.fn(), next_channel: vi.fn() }

function Page() {
  useShortcuts(run)
  return (
    <>
      <textarea aria-label="text" />
      <input type="checkbox" aria-label="tick" />
      {/* biome-ignore lint/a11y/useSemanticElements: what rich editors are made of */}
      <div
        role="textbox"
        tabIndex={0}
        contentEditable
        suppressContentEditableWarning
        aria-label="rich"
      />
      <div role="dialog">
        <button type="button">in dialog</button>
      </div>
      <button type="button">page</button>
    </>
  )
}

afterEach(() => {
  cleanup()
  vi.clearAllMocks()
})

describe('useShortcuts', () => {
  it('runs single keys, sequences and modified keys on the page', () => {
    const { getByText } = render(<Page />)
    const page = getByText('page')
    fireEvent.keyDown(page, { key: 'c' })
    fireEvent.keyDown(page, { key: 'g' })
    fireEvent.keyDown(page, { key: 'm' })
    fireEvent.keyDown(page, { key: 'k', ctrlKey: true })
    expect(run.create_task).toHaveBeenCalledTimes(1)
    expect(run.my_work).toHaveBeenCalledTimes(1)
    expect(run.palette).toHaveBeenCalledTimes(1)
  })

  it('keeps still while somebody types, composes, or is in a dialog', () => {
    const { getByLabelText, getByText } = render(<Page />)
    fireEvent.keyDown(getByLabelText('text'), { key: 'c' })
    fireEvent.keyDown(getByLabelText('rich'), { key: 'c' })
    fireEvent.keyDown(getByText('in dialog'), { key: 'c' })
    fireEvent.keyDown(getByText('page'), { key: 'c', isComposing: true })
    fireEvent.keyDown(getByText('page'), { key: 'c', repeat: true })
    expect(run.create_task).not.toHaveBeenCalled()
    fireEvent.keyDown(getByLabelText('tick'), { key: 'c' })
    expect(run.create_task).toHaveBeenCalledTimes(1)
  })

  it('walks from where somebody writes, but not where Alt and an arrow open a list', () => {
    const { getByLabelText, getByText } = render(<Page />)
    const keys = { key: 'ArrowDown', altKey: true }
    fireEvent.keyDown(getByLabelText('tick'), keys)
    fireEvent.keyDown(getByText('in dialog'), keys)
    fireEvent.keyDown(getByLabelText('text'), { ...keys, isComposing: true })
    expect(run.next_channel).not.toHaveBeenCalled()
    fireEvent.keyDown(getByLabelText('text'), keys)
    fireEvent.keyDown(getByText('page'), keys)
    expect(run.next_channel).toHaveBeenCalledTimes(2)
  })

  it('opens the palette even from a text field', () => {
    const { getByLabelText } = render(<Page />)
    fireEvent.keyDown(getByLabelText('text'), { key: 'k', metaKey: true })
    expect(run.palette).toHaveBeenCalledTimes(1)
  })

  it('finishes a sequence before the row that has the focus takes its key', () => {
    const { getByText } = render(<Page />)
    const page = getByText('page')
    const row = vi.fn((event: Event) => event.preventDefault())
    fireEvent.keyDown(page, { key: 'g' })
    page.addEventListener('keydown', row)
    fireEvent.keyDown(page, { key: 'm' })
    expect(run.my_work).toHaveBeenCalledTimes(1)
    expect(row).not.toHaveBeenCalled()
    fireEvent.keyDown(page, { key: 'm' })
    expect(row).toHaveBeenCalledTimes(1)
  })

  it('leaves alone what the screen has handled', () => {
    const { getByText } = render(<Page />)
    const page = getByText('page')
    page.addEventListener('keydown', (event) => event.preventDefault())
    fireEvent.keyDown(page, { key: 'c' })
    expect(run.create_task).not.toHaveBeenCalled()
  })
})
