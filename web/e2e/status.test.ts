// What people say of their day: a status with an end, and when they work.

import { expect } from 'vitest'
import { get } from './people'
import { message, say } from './screen'
import { expectNoFaults, story } from './stage'

story('a status is set, seen beside the name, and taken away', async ({ pair: [li, mia] }) => {
  await say(mia.page, '我下周回来')
  await mia.page.getByRole('button', { name: /You and your settings/ }).click()
  await mia.page.getByRole('menuitem', { name: 'Set a status' }).click()
  const dialog = mia.page.getByRole('dialog', { name: 'Your status' })
  await dialog.getByRole('button', { name: 'On leave' }).click()
  await dialog.getByRole('textbox', { name: 'What’s your status?' }).fill('在云南')
  await dialog.getByRole('button', { name: 'Save' }).click()

  const mark = message(li.page, '我下周回来').getByRole('img', { name: /^Status: 在云南 · until/ })
  await mark.waitFor()
  expect(await mark.textContent()).toBe('🌴')
  await message(li.page, '我下周回来').getByRole('button', { name: 'Mia' }).click()
  await li.page.getByRole('dialog').getByText('🌴 在云南').waitFor()
  await li.page.getByRole('dialog').getByRole('button', { name: 'Message' }).click()
  await li.page.waitForURL(/\/c\//)
  const row = li.page.getByRole('navigation').getByRole('link', { name: /Mia/ }).first()
  await row.getByRole('img', { name: /^Status: 在云南/ }).waitFor()
  await li.page.goto('/people')
  await li.page.getByRole('listitem').filter({ hasText: 'Mia' }).getByText('在云南').waitFor()

  // The end that it has is kept when only the words change.
  const all = await get<{ name: string; status?: { until?: string } }[]>(li, '/members')
  const until = all.find(({ name }) => name === 'Mia')?.status?.until
  expect(new Date(until ?? 0).getTime()).toBeGreaterThan(Date.now())
  await mia.page.keyboard.press('Control+k')
  await mia.page.getByRole('dialog').getByRole('combobox').fill('> status')
  await mia.page.keyboard.press('Enter')
  await dialog.getByRole('textbox').fill('在大理')
  await dialog.getByRole('textbox').press('Enter')
  await li.page.getByText('在大理').waitFor()
  const now = await get<{ name: string; status?: { until?: string } }[]>(li, '/members')
  expect(now.find(({ name }) => name === 'Mia')?.status?.until).toBe(until)

  await mia.page.keyboard.press('Control+k')
  await mia.page.getByRole('dialog').getByRole('combobox').fill('> status')
  await mia.page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Clear status' }).click()
  await li.page.getByText('在大理').waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

story('others see outside of which hours one works', async ({ pair: [li, mia] }) => {
  await say(mia.page, '早')
  await mia.page.goto('/settings/profile')
  await mia.page.getByRole('switch', { name: 'Show my working hours' }).click()
  await mia.page.getByRole('checkbox', { name: 'Sat' }).click()
  await mia.page.getByRole('checkbox', { name: 'Sun' }).click()
  // Over two hours ago, by the clock of Shanghai: outside, whatever the hour of this story.
  const wall = (minutes: number) => {
    const at = new Date(Date.now() + 8 * 3_600_000 + minutes * 60_000)
    return at.toISOString().slice(11, 16)
  }
  await mia.page.getByLabel('From').fill(wall(-180))
  await mia.page.getByLabel('Until').fill(wall(-120))
  await message(li.page, '早').getByRole('button', { name: 'Mia' }).click()
  await li.page
    .getByRole('dialog')
    .getByText(/^Outside working hours, \d\d:\d\d there$/)
    .waitFor()
  await mia.page.getByLabel('Until').fill(wall(120))
  await li.page
    .getByRole('dialog')
    .getByText(/, within working hours$/)
    .waitFor()
  await mia.page.getByRole('switch', { name: 'Show my working hours' }).click()
  await li.page
    .getByRole('dialog')
    .getByText(/^Local time \d\d:\d\d$/)
    .waitFor()
  expectNoFaults(li, mia)
})
