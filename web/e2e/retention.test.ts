// Retention: an administrator sees what a rule erases, confirms it, and it is gone on every screen.

import { expect } from 'vitest'
import { delivered, message, say } from './screen'
import { expectNoFaults, story } from './stage'

story('a rule is previewed, confirmed and kept', async ({ pair: [li, mia], server }) => {
  await say(mia.page, 'said long ago')
  await delivered(mia.page, 'said long ago')
  await message(li.page, 'said long ago').waitFor()
  await server.kill()
  await server.restart(49)
  await say(mia.page, 'said just now')
  await delivered(mia.page, 'said just now')

  await li.page.goto('/settings/retention')
  await li.page.getByText('Nothing has been erased yet.').waitFor()
  await li.page.getByRole('combobox', { name: 'Public channels' }).click()
  await li.page.getByRole('option', { name: '1 day', exact: true }).click()
  await li.page.getByRole('button', { name: 'See what this erases' }).click()
  const preview = li.page.getByRole('region', { name: 'This would be erased now' })
  const sums = preview.getByRole('row', { name: 'Public channels 1 0' })
  await sums.waitFor()
  await preview.getByText('1 message', { exact: true }).waitFor()
  // Nothing happened yet.
  await message(mia.page, 'said long ago').waitFor()
  await preview.getByRole('button', { name: 'Erase for good' }).click()
  const asked = li.page.getByRole('alertdialog', { name: 'Erase 1 message for good?' })
  await asked.getByRole('button', { name: 'Erase for good' }).click()

  await message(mia.page, 'said long ago').waitFor({ state: 'detached' })
  await message(mia.page, 'said just now').waitFor()
  await expect
    .poll(async () => {
      await li.page.reload()
      await li.page.getByRole('heading', { name: 'Erased lately' }).waitFor()
      return await li.page.getByText('Public channels · 1 day').count()
    })
    .toBe(1)

  await mia.page.getByRole('button', { name: '2 people' }).click()
  await mia.page.getByText('Messages here are erased after 1 day.').waitFor()
  // What is not hers is not there.
  await mia.page.goto('/settings/retention')
  expect(await mia.page.getByRole('link', { name: 'Retention' }).count()).toBe(0)
  expectNoFaults(li, mia)
})
