// An answer that quotes, and a message that is passed on to another channel.

import { expect } from 'vitest'
import { command } from './people'
import { composer, delivered, message, say } from './screen'
import { expectNoFaults, story } from './stage'

story('an answer shows what it answers, and leads there', async ({ pair: [li, mia] }) => {
  await say(li.page, '周五发布，五点冻结')
  await message(mia.page, '周五发布').focus()
  await mia.page.keyboard.press('q')
  await mia.page.getByText('Answers 李雷').waitFor()
  expect(await composer(mia.page).evaluate((box) => box === document.activeElement)).toBe(true)
  await mia.page.keyboard.press('Escape')
  await mia.page.getByText('Answers 李雷').waitFor({ state: 'detached' })

  // The same from the sheet of all actions, which a key opens too.
  await message(mia.page, '周五发布').focus()
  await mia.page.keyboard.press('m')
  const sheet = mia.page.getByRole('dialog', { name: 'Message actions' })
  await sheet.getByRole('button', { name: 'Quote and answer' }).click()
  await mia.page.getByText('Answers 李雷').waitFor()
  await composer(mia.page).fill('收到')
  await composer(mia.page).press('Enter')
  await delivered(mia.page, '收到')
  const quote = message(li.page, '收到').getByRole('link', { name: 'Answers 李雷' })
  await quote.getByText('周五发布').waitFor()
  await quote.click()
  await li.page.locator('article.message-found', { hasText: '五点冻结' }).first().waitFor()
  await li.page.getByRole('link', { name: /^Inbox/ }).click()
  await li.page.getByText('answered you').waitFor()
  expectNoFaults(li, mia)
})

story('a message is passed on, and says who will see it', async ({ pair: [li, mia] }) => {
  await command(li, { type: 'create_channel', name: '内部', kind: 'private', topic: '' })
  await li.page.getByRole('navigation').getByRole('link', { name: '内部' }).click()
  await say(li.page, '预算批了')
  await message(li.page, '预算批了').focus()
  await li.page.keyboard.press('f')
  const dialog = li.page.getByRole('dialog', { name: 'Forward' })
  await dialog.getByRole('button', { name: 'Forward' }).click()
  await dialog.getByText('Choose where to.').waitFor()
  await dialog.getByRole('radio').first().check({ force: true })
  await dialog.getByText('is public: everyone but guests').waitFor()
  await dialog.getByLabel(/^A word of your own/).fill('看这里')
  await dialog.getByRole('button', { name: 'Forward' }).click()
  await dialog.waitFor({ state: 'detached' })
  const copy = message(mia.page, '看这里')
  await copy.getByText('预算批了').waitFor()
  await copy.getByText('Forwarded from a channel you are not in').waitFor()
  expectNoFaults(li, mia)
})
