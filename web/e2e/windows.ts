// What opens over a screen of the demo, one after the other, each to be looked at by whoever asks.

import type { Locator, Page } from 'playwright-core'
import { composer, message, PNG, pane } from './screen'

type See = (what: string) => Promise<void>

/** The windows of somebody who sits at a desk: the page must be at the demo's channels. */
export async function seeWindows(page: Page, see: See): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('lx')
  await page.getByRole('option').first().waitFor()
  await see('palette')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: /产品/ }).first().click()
  await composer(page).waitFor()
  await seeOfMessage(page, see)
  await seeOfComposer(page, see)
  await page.getByRole('button', { name: /^(频道菜单|Channel menu)$/ }).click()
  await shut(page, see, 'channel menu', page.getByRole('menu'))
  await page.goto('/inbox')
  await page.getByRole('main').locator('[data-row]').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('w')
  await page.getByRole('dialog').getByRole('paragraph').first().waitFor()
  await shut(page, see, 'why', page.getByRole('dialog'))
}

/** What is done with one message. */
async function seeOfMessage(page: Page, see: See): Promise<void> {
  const row = message(page, '打印出来')
  const dialog = page.getByRole('dialog')
  await row.focus()
  await page.keyboard.press('t')
  await dialog.locator('textarea').waitFor()
  await see('make task')
  await page.keyboard.press('Escape')
  await row.focus()
  await page.keyboard.press('x')
  await page.getByRole('toolbar', { name: /已选消息|Selected messages/ }).waitFor()
  await see('selection')
  await page.keyboard.press('Escape')
  await row.focus()
  await page.keyboard.press('f')
  await dialog.getByRole('radio').first().check({ force: true })
  await shut(page, see, 'forward', dialog)
  await row.focus()
  await page.keyboard.press('+')
  await dialog.getByRole('combobox').waitFor()
  await shut(page, see, 'emoji', dialog)
  await row.hover()
  await row.getByRole('button', { name: /^(更多|More)$/ }).click()
  await page.getByRole('menuitem', { name: /^(提醒我|Remind me)$/ }).click()
  await page.getByRole('menuitem', { name: /选择时间|Pick a time/ }).click()
  await shut(page, see, 'remind', dialog)
  await row.focus()
  await page.keyboard.press('r')
  await pane(page).getByRole('textbox').waitFor()
  await see('thread')
  await page
    .getByRole('button', { name: /^(关闭|Close)$/ })
    .last()
    .click()
  await pane(page).getByRole('textbox').waitFor({ state: 'detached' })
}

/** What is written, and what shows once it is sent. */
async function seeOfComposer(page: Page, see: See): Promise<void> {
  const main = page.getByRole('main')
  const dialog = page.getByRole('dialog')
  const send = () => page.getByRole('button', { name: /^(发送|Send)$/ }).click()
  await main.getByRole('button', { name: /^(投票|Poll)$/ }).click()
  await dialog.getByRole('textbox').first().waitFor()
  await shut(page, see, 'poll', dialog)
  await composer(page).fill('五点前把反馈给我')
  await page.getByRole('button', { name: /^(定时发送|Send later)$/ }).click()
  await page.getByRole('menuitem', { name: /其他时间|Another time/ }).click()
  await shut(page, see, 'schedule', dialog)
  const name = 'plan.png'
  await main
    .locator('input[type=file]')
    .setInputFiles(
      [1, 2].map((at) => ({ name: `${at}-${name}`, mimeType: 'image/png', buffer: PNG })),
    )
  await page.getByRole('button', { name: /^(移除|Remove) 2-plan/ }).waitFor()
  await send()
  const sent = message(page, '五点前').last()
  await sent.getByRole('button', { name: /1-plan\.png$/ }).click()
  await shut(page, see, 'lightbox', dialog)
  await sent.hover()
  await sent.getByRole('button', { name: /^(已读情况|Who has read it)$/ }).click()
  await shut(page, see, 'readers', dialog)
}

/** The sheet that a long press opens on a phone. */
export async function seeSheet(page: Page, see: See): Promise<void> {
  await page.getByRole('link', { name: /产品/ }).first().click()
  await composer(page).waitFor()
  await message(page, '打印出来').focus()
  await page.keyboard.press('m')
  await shut(page, see, 'message sheet', page.getByRole('dialog'))
}

async function shut(page: Page, see: See, what: string, window: Locator): Promise<void> {
  await window.first().waitFor()
  await see(what)
  await page.keyboard.press('Escape')
  await window.first().waitFor({ state: 'detached' })
}
