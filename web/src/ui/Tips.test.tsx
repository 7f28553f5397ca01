// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { IconButton } from './Button'
import { Tips } from './parts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function show() {
  render(
    <>
      <IconButton label="Send" shortcut="Mod+K">
        x
      </IconButton>
      <p>elsewhere</p>
      <Tips />
    </>,
  )
  return screen.getByRole('button', { name: 'Send' })
}

const wait = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds))
const hover = (element: Element) => fireEvent.pointerOver(element, { pointerType: 'mouse' })

it('says what a button is for once the mouse rests on it, and no longer when it left', () => {
  const button = show()
  hover(button)
  wait(200)
  expect(screen.queryByText('Send')).toBeNull()
  wait(300)
  expect(screen.getByText('Send')).toBeTruthy()
  hover(screen.getByText('elsewhere'))
  expect(screen.queryByText('Send')).toBeNull()
})

it('is quiet once the button was pressed', () => {
  const button = show()
  hover(button)
  fireEvent.pointerDown(button)
  wait(1_000)
  expect(screen.queryByText('Send')).toBeNull()
})
