// A message is written now and sent later: by the menu or a shortcut, changed, sent at once, taken
// back.

import { expect } from 'vitest'
import { get } from './people'
import { composer, message } from './screen'
import { expectNoFaults, story } from './stage'

story('a message is scheduled, changed, sent and taken back', async ({ pair: [li, mia] }) => {
  const { page } = li
  const main = page.getByRole('main')
  const rows = main.getByRole('listitem')
  await composer(page).fill('明早开会')
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('menuitem', { name: /Monday morning/ }).click()
  await page.getByText(/Will be sent/).waitFor()
  expect(await composer(page).inputValue()).toBe('')

  // By keyboard, at a time of one's own; the past is refused.
  await composer(page).fill('年终总结')
  await composer(page).press('ControlOrMeta+Shift+Enter')
  await page.getByRole('menuitem', { name: /Another time/ }).click()
  const dialog = page.getByRole('dialog', { name: /Send later|Edit message/ })
  await dialog.getByLabel('Send at').fill('2001-01-01T09:00')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Send at').fill('2099-12-31T09:30')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => composer(page).inputValue()).toBe('')

  await page.goto('/drafts/scheduled')
  await expect.poll(() => rows.count()).toBe(2)
  // In the zone of the profile.
  const kept = await get<{ at: string; message: { text: string } }[]>(li, '/scheduled')
  const far = kept.find((each) => each.message.text === '年终总结')
  expect(new Date(far?.at ?? 0).toISOString()).toBe('2099-12-31T01:30:00.000Z')

  const first = rows.filter({ hasText: '明早开会' })
  await first.getByRole('button').first().click()
  await dialog.getByLabel('Message').fill('明早十点开会')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const changed = rows.filter({ hasText: '明早十点开会' })
  await changed.getByRole('button', { name: 'Send now' }).click()
  await message(mia.page, '明早十点开会').waitFor()
  await changed.waitFor({ state: 'detached' })

  // Taken back: the words are a draft again.
  await rows.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Cancel and keep as draft' }).click()
  await main.getByText('Nothing scheduled').waitFor()
  await page.getByRole('link', { name: /general/ }).click()
  await expect.poll(() => composer(page).inputValue()).toBe('年终总结')
  expect(await message(mia.page, '年终总结').count()).toBe(0)
  expectNoFaults(li, mia)
})

story('what cannot be sent later says so, and the words stay', async ({ pair: [li] }) => {
  const { page } = li
  await composer(page).fill('没有网络')
  await li.context.setOffline(true)
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('menuitem', { name: /Monday morning/ }).click()
  await page.getByText('No connection.', { exact: false }).first().waitFor()
  expect(await composer(page).inputValue()).toBe('没有网络')
  await li.context.setOffline(false)
})
