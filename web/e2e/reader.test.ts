// Who has read: quietly in direct conversations, in a window elsewhere, nowhere when switched off.

import { command, get } from './people'
import { message, say } from './screen'
import { expectNoFaults, story } from './stage'

story('a direct message says when it was read', async ({ pair: [li, mia] }) => {
  const people = await get<{ id: string; name: string }[]>(li, '/members')
  const other = people.find(({ name }) => name === 'Mia')?.id
  await command(li, { type: 'open_direct', members: [other] })
  await li.page.getByRole('navigation').getByRole('link', { name: /Mia/ }).click()
  await say(li.page, '看一下方案')
  await li.page.getByText('Not read yet').waitFor()
  await mia.page.getByRole('navigation').getByRole('link', { name: /李雷/ }).click()
  await message(mia.page, '看一下方案').waitFor()
  await li.page.getByText('Read', { exact: true }).waitFor()
  await say(mia.page, '好')
  await li.page.getByText('Read', { exact: true }).waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

story('authors see who has read, until it is switched off', async ({ pair: [li, mia] }) => {
  await say(li.page, '周五停机')
  await message(mia.page, '周五停机').waitFor()
  const eye = message(li.page, '周五停机').getByRole('button', { name: 'Who has read it' })
  await message(li.page, '周五停机').hover()
  await eye.click()
  const who = li.page.getByRole('dialog', { name: 'Who has read it' })
  await who.getByText('Mia').waitFor()
  await li.page.keyboard.press('Escape')
  await who.waitFor({ state: 'detached' })

  await li.page.goto('/settings/workspace')
  await li.page.getByRole('switch', { name: /see who has read/ }).click()
  await li.page.goBack()
  await message(li.page, '周五停机').hover()
  await message(li.page, '周五停机').getByRole('button', { name: 'More' }).waitFor()
  await eye.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})
