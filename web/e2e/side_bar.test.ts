// The side bar is arranged, by mouse and by keyboard, and is the same after a reload.

import { expect } from 'vitest'
import { say } from './screen'
import { expectNoFaults, story } from './stage'

story('channels are starred, put into sections, dragged and folded', async ({ pair: [li] }) => {
  const { page } = li
  const bar = page.getByRole('navigation', { name: 'Side bar' })
  const section = (name: string) => bar.getByRole('region', { name, exact: true })
  for (const name of ['design', 'release']) {
    await bar.getByRole('button', { name: 'Add a channel' }).click()
    await page.getByRole('menuitem', { name: 'New channel' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await page.keyboard.press('Enter')
    await section('Channels').getByRole('link', { name }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'Channel menu' }).click()
  await page.getByRole('menuitem', { name: 'Star' }).click()
  await section('Starred').getByRole('link', { name: 'release' }).waitFor()

  // A new section for a channel, from its own menu.
  await section('Channels').getByRole('link', { name: 'design' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move to section' }).click()
  await page.getByRole('menuitem', { name: 'New section' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('产品')
  await page.keyboard.press('Enter')
  await section('产品').getByRole('link', { name: 'design' }).waitFor()

  // Dragged above the one that is there.
  const release = section('Starred').getByRole('link', { name: 'release' })
  const design = section('产品').getByRole('link', { name: 'design' })
  await release.dragTo(design, { targetPosition: { x: 40, y: 4 } })
  await section('产品').getByRole('link', { name: 'release' }).waitFor()
  const names = section('产品').getByRole('link')
  expect(await names.allTextContents()).toEqual(['release', 'design'])
  await section('Starred').waitFor({ state: 'detached' })

  // And down again, without a mouse.
  await names.first().focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Move down' }).click()
  await expect.poll(() => names.allTextContents()).toEqual(['design', 'release'])

  await section('产品').getByRole('button', { name: 'Show or hide 产品' }).click()
  await names.first().waitFor({ state: 'detached' })
  await page.reload()
  await section('产品').getByRole('button', { name: 'Show or hide 产品' }).click()
  expect(await names.allTextContents()).toEqual(['design', 'release'])
  expectNoFaults(li)
})

story('one key marks everything as read', async ({ pair: [li, mia] }) => {
  const { page } = mia
  await page.goto('/my-work')
  await say(li.page, '@Mia 看一下')
  const bar = page.getByRole('navigation', { name: 'Side bar' })
  const mention = bar.getByText('1 mention of you')
  await mention.waitFor()
  await page.keyboard.press('Shift+Escape')
  await mention.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})
