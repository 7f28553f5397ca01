import { expect, it } from 'vitest'
import { pasteEdits } from './paste'

const SHEET = '门店\t人数\r\n徐家汇\t12\r\n'

it('leaves plain words to the browser', () => {
  expect(pasteEdits('a', 1, 1, { plain: 'b', html: '' })).toEqual([])
  expect(pasteEdits('', 0, 0, { plain: 'one\ttwo', html: '' })).toEqual([])
})

it('makes what is selected a link to a pasted address', () => {
  const [edit, ...more] = pasteEdits('the plan', 4, 8, { plain: 'https://a.example', html: '' })
  expect(edit?.text).toBe('[plan](https://a.example)')
  expect(more).toEqual([])
})

it('pastes a sheet as it is, and then makes it a table on lines of its own', () => {
  const [plain, table] = pasteEdits('见', 1, 1, { plain: SHEET, html: '' })
  expect(plain).toEqual({ start: 1, end: 1, text: '门店\t人数\n徐家汇\t12\n', from: 14, to: 14 })
  expect(table?.start).toBe(1)
  expect(table?.end).toBe(14)
  expect(table?.text).toMatch(/^\n\| 门店 \| 人数 \|\n.*\n\| 徐家汇 \| 12 \|\n\n$/)
})

it('leaves a sheet as it is in a block of code', () => {
  expect(pasteEdits('```\n', 4, 4, { plain: SHEET, html: '' })).toEqual([])
})
