// Announcement channels: those who manage them post, everyone else reads and replies. And a public
// channel that becomes private before one's eyes.

import { get, post } from './people'
import { composer, message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

story('managers announce, others reply', async ({ pair: [li, mia] }) => {
  await say(li.page, '周五放假')
  await li.page.getByRole('button', { name: 'Channel menu' }).click()
  await li.page.getByRole('menuitem', { name: 'Manage channel' }).click()
  await li.page.getByRole('menuitem', { name: 'Who may post' }).click()
  await li.page.getByRole('switch', { name: 'Only managers post' }).click()
  await li.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()

  const closed = mia.page.getByText('Only managers post in this channel. Managed by 李雷.')
  await closed.waitFor()
  await composer(mia.page).waitFor({ state: 'detached' })
  await message(mia.page, '周五放假').focus()
  await mia.page.keyboard.press('r')
  const reply = pane(mia.page).getByRole('textbox')
  await reply.fill('收到')
  await reply.press('Enter')
  await message(li.page, '周五放假').getByText('1 reply').waitFor()

  await li.page.getByRole('button', { name: /^\d+ people/ }).click()
  const person = pane(li.page).getByRole('listitem').filter({ hasText: 'Mia' })
  await person.hover()
  await person.getByRole('button', { name: 'More' }).click()
  await li.page.getByRole('menuitem', { name: 'Make manager' }).click()
  await person.getByText('Manager').waitFor()
  await closed.waitFor({ state: 'detached' })
  await composer(mia.page).waitFor()
  await say(mia.page, '补充一点')
  expectNoFaults(li, mia)
})

story('a channel made private is gone for those outside', async ({ pair: [li, mia] }) => {
  const made = await post<{ id: string }>(li, '/channels', { name: '预算', kind: 'public' })
  await li.page.goto(`/c/${made.id}`)
  await say(li.page, '数字在这里')
  await mia.page.goto(`/c/${made.id}`)
  await message(mia.page, '数字在这里').waitFor()
  await li.page.getByRole('button', { name: 'Channel menu' }).click()
  await li.page.getByRole('menuitem', { name: 'Manage channel' }).click()
  await li.page.getByRole('menuitem', { name: 'Make private' }).click()
  await li.page.getByRole('button', { name: 'Make private' }).click()
  await message(mia.page, '数字在这里').waitFor({ state: 'detached' })
  await li.page.getByRole('img', { name: 'Private' }).first().waitFor()
  const seen = await get<{ id: string }[]>(mia, '/channels')
  if (seen.some(({ id }) => id === made.id)) throw new Error('it is still told of')
  await say(li.page, '只有我们')
  expectNoFaults(li, mia)
})

story('new members find themselves in the default channels', async ({ pair: [li] }) => {
  await li.page.goto('/settings/workspace')
  await li.page.getByRole('combobox', { name: 'Add a channel' }).click()
  await li.page.getByRole('option', { name: '#general' }).click()
  await li.page.getByRole('button', { name: 'Take general off the list' }).waitFor()
  expectNoFaults(li)
})
