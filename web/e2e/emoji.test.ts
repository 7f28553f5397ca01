// Emoji of a workspace's own: added in the settings, written, reacted with, taken away.

import { expect } from 'vitest'
import { composer, delivered, message } from './screen'
import { expectNoFaults, story } from './stage'

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

story('an emoji is added, written and taken away', async ({ pair: [li, mia] }) => {
  await li.page.goto('/settings/emoji')
  await li.page.getByRole('button', { name: 'Add emoji' }).click()
  const dialog = li.page.getByRole('dialog', { name: 'Add emoji' })
  await dialog.getByRole('button', { name: 'Add emoji' }).click()
  await dialog.getByText('Choose a picture first.').waitFor()
  const file = { name: 'Party Cat.png', mimeType: 'image/png', buffer: PNG }
  await dialog.locator('input[type=file]').setInputFiles(file)
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('party_cat')
  await dialog.getByLabel('Other names').fill('派对猫')
  await dialog.getByRole('button', { name: 'Add emoji' }).click()
  await dialog.waitFor({ state: 'detached' })
  await li.page.getByRole('listitem').getByText(':party_cat:').waitFor()

  // By the pinyin of its other name.
  await composer(mia.page).pressSequentially('上线了 :paidui')
  await mia.page.getByRole('option', { name: ':party_cat:' }).waitFor()
  await mia.page.keyboard.press('Enter')
  await mia.page.keyboard.press('Enter')
  const row = message(mia.page, '上线了')
  const picture = row.getByRole('img', { name: ':party_cat:' })
  await picture.waitFor()
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0)
  await delivered(mia.page, '上线了')
  await row.focus()
  await mia.page.keyboard.press('+')
  const picker = mia.page.getByRole('combobox', { name: 'Find an emoji' })
  await picker.fill('party_c')
  await picker.press('Enter')
  const chip = row.getByRole('button', { name: /^:party_cat: 1/ })
  await chip.waitFor()

  await li.page.getByRole('button', { name: 'Remove :party_cat:' }).click()
  await li.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await row.getByText(':party_cat:').first().waitFor()
  await picture.waitFor({ state: 'detached' })
  await chip.click()
  await chip.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})
