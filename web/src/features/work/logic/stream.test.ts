import { describe, expect, it } from 'vitest'
import type { Activity } from './history'
import { RUN_MAX, streamOf } from './stream'

const line = (seq: number): Activity => ({ seq, at: '', actor: 'li', key: 'state', values: {} })
const message = (seq: number) => ({ seq })
const told = (items: ReturnType<typeof streamOf>) =>
  items.map((item) =>
    item.kind === 'message' ? item.message.seq : item.lines.map((one) => one.seq),
  )

describe('streamOf', () => {
  it('puts what was changed between what was said', () => {
    const items = streamOf(
      [message(5), message(9)],
      [line(1), line(6), line(7), line(12)],
      false,
      new Set(),
    )
    expect(told(items)).toEqual([[1], 5, [6, 7], 9, [12]])
  })

  it('holds back what lies before messages that are not loaded', () => {
    const items = streamOf([message(5)], [line(1), line(6)], true, new Set())
    expect(told(items)).toEqual([5, [6]])
  })

  it('shows activity alone where nothing was said', () => {
    expect(told(streamOf([], [line(1)], false, new Set()))).toEqual([[1]])
    expect(streamOf([], [], false, new Set())).toEqual([])
  })

  it('folds the beginning of a long run until it is opened', () => {
    const run = Array.from({ length: RUN_MAX + 3 }, (_, at) => line(at + 1))
    const folded = (opened: number[]) =>
      streamOf([], run, false, new Set(opened)).map((item) =>
        item.kind === 'activity' ? item.folded : -1,
      )
    expect(folded([])).toEqual([4])
    expect(folded([1])).toEqual([0])
    expect(folded([2])).toEqual([4])
  })
})
