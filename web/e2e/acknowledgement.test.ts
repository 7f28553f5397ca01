// A message asks to be acknowledged: the button, the inbox, and the list of who has.

import { expect } from 'vitest'
import { composer, delivered, message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

story('who is asked acknowledges, and the asker sees it', async ({ pair: [li, mia] }) => {
  await li.page.getByRole('button', { name: 'Ask for acknowledgement' }).click()
  await li.page.getByRole('button', { name: 'Everyone here (1)' }).waitFor()
  await composer(li.page).fill('周五 22:00 停机')
  await composer(li.page).press('Enter')
  await delivered(li.page, '停机')
  // The next one asks for nothing.
  await li.page.getByRole('button', { name: /^Everyone here/ }).waitFor({ state: 'detached' })
  await message(li.page, '停机').getByRole('button', { name: '0 of 1 acknowledged' }).waitFor()

  await mia.page.getByRole('link', { name: /^Inbox/ }).click()
  await mia.page.getByText('asks you to acknowledge').click()
  await pane(mia.page).getByRole('button', { name: 'Acknowledge', exact: true }).click()
  await pane(mia.page).getByRole('button', { name: 'You acknowledged · 1 of 1' }).waitFor()
  await mia.page.getByText('asks you to acknowledge').waitFor({ state: 'detached' })

  const count = message(li.page, '停机').getByRole('button', { name: '1 of 1 acknowledged' })
  await count.click()
  const who = li.page.getByRole('dialog', { name: 'Who acknowledged' })
  await who.getByText('Acknowledged: 1').waitFor()
  await who.getByText('Mia').waitFor()
  await who.getByRole('button', { name: 'Stop asking' }).click()
  await li.page.getByRole('button', { name: 'Stop asking' }).click()
  await count.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

story('a message asks later, of those it mentions', async ({ pair: [li, mia] }) => {
  await say(li.page, '@Mia 值班表更新了')
  await message(li.page, '值班表').hover()
  await message(li.page, '值班表').getByRole('button', { name: 'More' }).click()
  await li.page.getByRole('menuitem', { name: 'Ask for acknowledgement' }).click()
  await li.page.getByRole('menuitem', { name: 'Those mentioned' }).click()
  const button = message(mia.page, '值班表').getByRole('button', {
    name: 'Acknowledge',
    exact: true,
  })
  await button.focus()
  await mia.page.keyboard.press('Enter')
  await message(li.page, '值班表').getByRole('button', { name: '1 of 1 acknowledged' }).waitFor()
  expect(await button.count()).toBe(0)
  expectNoFaults(li, mia)
})
