// What the box does while one writes: lists go on, tables of a spreadsheet become tables, and
// everything can be undone.

import { expect } from 'vitest'
import { composer, message } from './screen'
import { expectNoFaults, story } from './stage'

story('lists, tables and emoji are written with few keys', async ({ pair: [li, mia] }) => {
  const box = composer(li.page)
  const keys = li.page.keyboard
  await box.pressSequentially('- [x] 一')
  await keys.press('Shift+Enter')
  await box.pressSequentially('二')
  expect(await box.inputValue()).toBe('- [x] 一\n- [ ] 二')
  await keys.press('Shift+Enter')
  await keys.press('Shift+Enter')
  expect(await box.inputValue()).toBe('- [x] 一\n- [ ] 二\n')
  await keys.press('Control+z')
  expect(await box.inputValue()).toBe('- [x] 一\n- [ ] 二\n- [ ] ')
  await box.fill('见 :笑')
  await li.page.getByRole('option').first().waitFor()
  await keys.press('Enter')
  expect(await box.inputValue()).toMatch(/^见 \p{Emoji_Presentation} $/u)

  await li.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await box.fill('数目：')
  const html = '<table><tr><td>名称</td><td>数量</td></tr><tr><td>螺丝</td><td>12</td></tr></table>'
  await li.page.evaluate(`navigator.clipboard.write([new ClipboardItem({
    'text/html': new Blob([${JSON.stringify(html)}], { type: 'text/html' }),
    'text/plain': new Blob(['名称\\t数量\\n螺丝\\t12'], { type: 'text/plain' }),
  })])`)
  await box.press('End')
  await keys.press('Control+v')
  const table = '数目：\n| 名称 | 数量 |\n| --- | --- |\n| 螺丝 | 12 |\n\n'
  await expect.poll(() => box.inputValue()).toBe(table)
  await keys.press('Control+z')
  expect(await box.inputValue()).toBe('数目：名称\t数量\n螺丝\t12')
  await keys.press('Control+Shift+z')
  expect(await box.inputValue()).toBe(table)
  await box.press('Enter')
  await message(mia.page, '数目').getByRole('table').getByText('螺丝').waitFor()
  expectNoFaults(li, mia)
})
