// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { Glide } from './Glide'

afterEach(cleanup)

const board = (count: number) => (
  <Glide tasks={Array.from({ length: count }, (_, at) => at)} landed={null}>
    <article data-task="one" />
  </Glide>
)

it('measures where cards were when some change, and not when a board fills', () => {
  const measured = vi.spyOn(Element.prototype, 'getBoundingClientRect')
  const { rerender } = render(board(0))
  rerender(board(200))
  expect(measured).not.toHaveBeenCalled()
  rerender(board(201))
  expect(measured).toHaveBeenCalledTimes(2)
})
