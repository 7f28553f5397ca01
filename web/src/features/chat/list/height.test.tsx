// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { createRef } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { afterEach, expect, it } from 'vitest'
import type { LocalMessage } from '../../../model/message'
import { estimate, ROW_PX } from './height'
import type { Row } from './rows'

afterEach(cleanup)

const row = (words: Partial<LocalMessage>, place: Partial<Row> = {}): Row => ({
  message: { id: '1', seq: 1, author: '1', at: '', text: '', ...words } as LocalMessage,
  head: false,
  day: null,
  unread: false,
  ...place,
})
const heights = (rows: readonly Row[], width = 600) => {
  const list = createRef<VirtualizerHandle>()
  render(
    <Virtualizer ref={list} data={rows} cache={estimate(rows, width)} itemSize={ROW_PX}>
      {(_, index) => <div key={index} />}
    </Virtualizer>,
  )
  return rows.map((_, index) => list.current?.getItemSize(index))
}

it('gives the list a height for each row', () => {
  const one = row({ text: 'Done.' })
  expect(heights([one, { ...one, head: true }, { ...one, day: '2026-11-25' }])).toEqual([
    25, 52, 61,
  ])
})

it('breaks words where the line ends, Chinese ones twice as soon', () => {
  const text = (words: string) => row({ text: words })
  expect(heights([text('a'.repeat(100)), text('a'.repeat(101)), text('好'.repeat(43))])).toEqual([
    25, 46, 46,
  ])
  expect(heights([text('one\n\ntwo'), text('```\nlet a\n```')])).toEqual([46, 47])
})

it('counts what hangs on a message', () => {
  const plain = heights([row({ text: 'a' })])[0] ?? 0
  const [replied] = heights([row({ text: 'a', reply_count: 2 })])
  expect(replied).toBe(plain + 32)
  expect(heights([row({ text: 'gone', deleted: true })])).toEqual([22])
})
