// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { parse } from '../../../ui/markdown/parse'
import { tableOf } from './table'

describe('a pasted table', () => {
  it('comes from tabs', () => {
    const table = tableOf('', '名称\t数量\r\n螺丝\t12\r\na|b\t\r\n')
    expect(table).toBe('| 名称 | 数量 |\n| --- | --- |\n| 螺丝 | 12 |\n| a\\|b |  |')
    expect(parse(table ?? '')[0]).toMatchObject({ tag: 'table' })
  })

  it('comes from the HTML of a spreadsheet, which knows the cells better', () => {
    const html = `<meta charset="utf-8"><style>td { color: red }</style>
      <table><colgroup><col></colgroup><tr><td colspan="2">a<br>b</td></tr>
      <tr><td>1</td><td><b>2</b></td><td>3</td></tr></table>`
    expect(tableOf(html, '"a\nb"\t\t\n1\t2\t3')).toBe(
      '| a b |  |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |',
    )
  })

  it('is none of one row or column, of code, or with words around it', () => {
    expect(tableOf('', 'a\tb')).toBeNull()
    expect(tableOf('', 'a\nb')).toBeNull()
    expect(tableOf('', '\tif x {\n\t}')).toBeNull()
    expect(tableOf('', 'all:\n\techo')).toBeNull()
    expect(tableOf('<table><tr><td>a</td></tr></table>', 'a')).toBeNull()
    const row = '<tr><td>a</td><td>b</td></tr>'
    expect(tableOf(`<p>See</p><table>${row}${row}</table>`, 'See\na b')).toBeNull()
  })
})
