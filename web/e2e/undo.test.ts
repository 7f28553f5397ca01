// What one sends can be taken back for a moment, if one likes; a reload in that moment loses
// nothing.

import { expect } from 'vitest'
import { composer, delivered, message } from './screen'
import { expectNoFaults, story } from './stage'

story('a message is taken back before it goes', async ({ pair: [li, mia] }) => {
  const { page } = li
  const home = page.url()
  await page.goto('/settings/appearance')
  await page.getByRole('combobox', { name: 'Undo send' }).click()
  await page.getByRole('option', { name: '10 seconds' }).click()
  await page.goto(home)

  await composer(page).fill('说早了')
  await composer(page).press('Enter')
  await message(page, '说早了').getByRole('button', { name: 'Undo' }).click()
  await message(page, '说早了').waitFor({ state: 'detached' })
  expect(await composer(page).inputValue()).toBe('说早了')

  // By keyboard, and what was typed meanwhile stays.
  await composer(page).press('Enter')
  await message(page, '说早了').waitFor()
  await composer(page).press('ControlOrMeta+z')
  await expect.poll(() => composer(page).inputValue()).toBe('说早了')
  expect(await message(mia.page, '说早了').count()).toBe(0)

  await composer(page).fill('想好了')
  await composer(page).press('Enter')
  await delivered(page, '想好了')
  await message(mia.page, '想好了').waitFor()

  await composer(page).fill('发完就刷新')
  await composer(page).press('Enter')
  await message(page, '发完就刷新').getByRole('button', { name: 'Undo' }).waitFor()
  await page.reload()
  await delivered(page, '发完就刷新')
  await message(mia.page, '发完就刷新').waitFor()
  expect(await message(mia.page, '发完就刷新').count()).toBe(1)
  expectNoFaults(li, mia)
})
