import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { loadPinyin } from '../../palette/pinyin'
import { PickerButton, PickerList } from './Picker'

beforeAll(loadPinyin)
afterEach(cleanup)

const PEOPLE = [
  { value: 'li', text: '李雪' },
  { value: 'zhang', text: '张三' },
  { value: 'sarah', text: 'Sarah Kim', words: ['sk'] },
]

function Page(props: { multiple?: boolean; value: string[]; onChange: (value: string[]) => void }) {
  return (
    <PickerButton
      label="People"
      popup={(anchor, close) => (
        <PickerList anchor={anchor} label="People" options={PEOPLE} onClose={close} {...props} />
      )}
    >
      choose
    </PickerButton>
  )
}

const shown = () => screen.queryAllByRole('option').map((option) => option.textContent)

describe('PickerList', () => {
  it('mounts only while open, finds by pinyin, and closes with the choice', async () => {
    const onChange = vi.fn()
    render(<Page value={[]} onChange={onChange} />)
    expect(screen.queryByRole('combobox')).toBeNull()
    fireEvent.click(screen.getByRole('button'))
    await waitFor(() => expect(shown()).toEqual(['李雪', '张三', 'Sarah Kim']))
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'zs' } })
    await waitFor(() => expect(shown()).toEqual(['张三']))
    fireEvent.click(screen.getByRole('option'))
    expect(onChange).toHaveBeenCalledWith(['zhang'])
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  })

  it('changes nothing when the chosen one is chosen again', async () => {
    const onChange = vi.fn()
    render(<Page value={['li']} onChange={onChange} />)
    fireEvent.click(screen.getByRole('button'))
    await waitFor(() => expect(shown()).toHaveLength(3))
    fireEvent.click(screen.getByRole('option', { name: '李雪' }))
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
    expect(onChange).not.toHaveBeenCalled()
  })

  it('adds and takes away where several may be chosen, and stays open', async () => {
    const onChange = vi.fn()
    render(<Page multiple value={['li']} onChange={onChange} />)
    fireEvent.click(screen.getByRole('button'))
    await waitFor(() => expect(shown()).toHaveLength(3))
    fireEvent.click(screen.getByRole('option', { name: 'Sarah Kim' }))
    expect(onChange).toHaveBeenLastCalledWith(['li', 'sarah'])
    fireEvent.click(screen.getByRole('option', { name: '李雪' }))
    expect(onChange).toHaveBeenLastCalledWith([])
    expect(screen.queryByRole('combobox')).not.toBeNull()
  })
})
