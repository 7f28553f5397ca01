// What a channel keeps at hand: pins, bookmarks and its description, seen by everyone in it.

import { expect } from 'vitest'
import { message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'a message is pinned, found in the pane, and unpinned by somebody else',
  async ({ pair: [li, mia] }) => {
    await say(li.page, '周五发布，五点冻结')
    await message(li.page, '周五发布').focus()
    await li.page.keyboard.press('p')
    await message(mia.page, '周五发布').getByText('Pinned by').waitFor()

    await mia.page.getByRole('button', { name: '1 pinned message' }).click()
    const pins = pane(mia.page).getByRole('region', { name: 'Pinned' })
    await pins.getByText('周五发布').waitFor()
    await pins.getByText('1 pinned message').waitFor()
    await pins.getByRole('button', { name: 'Unpin' }).click()
    await pins.getByText('Pin a message').waitFor()
    await message(li.page, '周五发布').getByText('Pinned by').waitFor({ state: 'detached' })
    expectNoFaults(li, mia)
  },
)

story(
  'bookmarks stand above the talk, in an order that everyone sees',
  async ({ pair: [li, mia] }) => {
    const add = async (address: string, title: string) => {
      await li.page.getByRole('button', { name: 'Channel menu' }).click()
      await li.page.getByRole('menuitem', { name: 'Add to the channel' }).click()
      await li.page.getByRole('menuitem', { name: 'Add a bookmark' }).click()
      const dialog = li.page.getByRole('dialog')
      await dialog.getByLabel('Address').fill(address)
      await dialog.getByLabel(/^Title/).fill(title)
      await dialog.getByRole('button', { name: 'Add' }).click()
    }
    await add('javascript:alert(1)', 'no')
    await li.page.getByRole('alert').getByText('Give an address').waitFor()
    await li.page.getByRole('dialog').getByLabel('Address').fill('figma.example/设计')
    await li.page
      .getByRole('dialog')
      .getByLabel(/^Title/)
      .fill('设计稿')
    await li.page.keyboard.press('Enter')
    await li.page.getByRole('dialog').waitFor({ state: 'detached' })
    await add('https://wiki.example', '')
    const bar = mia.page.getByRole('navigation', { name: 'Bookmarks' })
    await bar.getByRole('link', { name: 'wiki.example' }).waitFor()
    expect(await bar.getByRole('link').allTextContents()).toEqual(['设计稿', 'wiki.example'])

    // By its name: the menu before may still be fading.
    const choose = async (title: string, item: string) => {
      await bar.getByRole('button', { name: title }).focus()
      await mia.page.keyboard.press('Enter')
      const menu = mia.page.getByRole('menu', { name: title })
      await menu.getByRole('menuitem', { name: item }).click()
      await menu.waitFor({ state: 'detached' })
    }
    await choose('wiki.example', 'Move left')
    const seen = li.page.getByRole('navigation', { name: 'Bookmarks' })
    await seen.getByRole('listitem').first().getByText('wiki.example').waitFor()
    await seen
      .getByRole('link', { name: '设计稿' })
      .dragTo(seen.getByRole('link', { name: 'wiki.example' }), { targetPosition: { x: 4, y: 8 } })
    await bar.getByRole('listitem').first().getByText('设计稿').waitFor()
    await choose('设计稿', 'Remove')
    await seen.getByText('设计稿').waitFor({ state: 'detached' })
    await mia.page.reload()
    await bar.getByRole('link', { name: 'wiki.example' }).waitFor()
    expectNoFaults(li, mia)
  },
)

story('a channel says what it is for', async ({ pair: [li, mia] }) => {
  await li.page.getByRole('button', { name: 'Channel menu' }).click()
  await li.page.getByRole('menuitem', { name: 'Edit channel' }).click()
  const dialog = li.page.getByRole('dialog')
  await dialog.getByLabel(/^Description/).fill('每周五 **16:00** 发布')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await mia.page.getByRole('button', { name: /^\d+ people|^1 person/ }).click()
  const words = pane(mia.page).getByRole('region', { name: 'Description' })
  await words.locator('strong', { hasText: '16:00' }).waitFor()
  expectNoFaults(li, mia)
})
