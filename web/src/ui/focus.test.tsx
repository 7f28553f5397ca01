import { act, cleanup, render } from '@testing-library/react'
import { type KeyboardEvent, useState } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FOCUS_FRAMES_MAX, focusOnceThere } from './focus'

const ROWS = 9
/** What each key was pressed on, as the list sees it. */
let seen: string[] = []
let frames: FrameRequestCallback[] = []

/** Rows of which only those near the chosen one are there, and only from the frame after. */
function List({ step }: { step: number }) {
  const [there, setThere] = useState([0])
  const onKeyDown = ({ target, key }: KeyboardEvent) => {
    const at = Number((target as HTMLElement).dataset.row)
    seen.push(`${key} ${at}`)
    if (key !== 'ArrowDown') return
    const next = at + step
    requestAnimationFrame(() => setThere([at, next]))
    focusOnceThere(() => document.querySelector(`[data-row="${next}"]`))
  }
  const rows = [...Array(ROWS).keys()].filter((row) => there.includes(row))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows within
    <div onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <p key={row} data-row={row} tabIndex={-1} />
      ))}
      <input aria-label="elsewhere" />
    </div>
  )
}

const row = (at: number) => document.querySelector<HTMLElement>(`[data-row="${at}"]`)
const focused = () => (document.activeElement as HTMLElement).dataset.row

function press(key: string) {
  const on = document.activeElement ?? document.body
  act(() => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  })
}

async function nextFrame() {
  const due = frames
  frames = []
  await act(async () => {
    for (const run of due) run(0)
  })
}

beforeEach(() => {
  seen = []
  frames = []
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', (at: number) => {
    frames[at - 1] = () => {}
  })
  render(<List step={2} />)
  row(0)?.focus()
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it('moves at once to a row that is there', () => {
  focusOnceThere(() => document.querySelector('input'))
  expect(document.activeElement).toBe(document.querySelector('input'))
  expect(frames).toHaveLength(0)
})

it('gives keys that came too early to the row they were meant for', async () => {
  press('ArrowDown')
  press('ArrowDown')
  press('x')
  expect(seen).toEqual(['ArrowDown 0'])
  for (let frame = 0; frame < 4; frame++) await nextFrame()
  expect(seen).toEqual(['ArrowDown 0', 'ArrowDown 2', 'x 4'])
  expect(focused()).toBe('4')
})

it('lets go when the focus is put elsewhere', async () => {
  press('ArrowDown')
  press('x')
  const input = document.querySelector('input')
  input?.focus()
  for (let frame = 0; frame < 4; frame++) await nextFrame()
  expect(document.activeElement).toBe(input)
  press('y')
  expect(seen).toEqual(['ArrowDown 0', 'y NaN'])
})

it('gives up on a row that never comes, and keys work again', async () => {
  focusOnceThere(() => null)
  press('x')
  for (let frame = 0; frame <= FOCUS_FRAMES_MAX; frame++) await nextFrame()
  expect(frames).toHaveLength(0)
  press('y')
  expect(seen).toEqual(['y 0'])
})
