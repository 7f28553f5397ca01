// The inbox: told at once, worked through with the keyboard, quiet on every device.

import { expect } from 'vitest'
import { get } from './people'
import { message, pane, say, why } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'a mention arrives, is opened beside, done and brought back with the keyboard',
  async ({ pair: [li, mia] }) => {
    await mia.page.goto('/my-work')
    await mia.page.getByRole('link', { name: /^Inbox/ }).waitFor()
    await say(li.page, '@Mia 首页文案看一下')
    await mia.page.getByRole('link', { name: /^Inbox.*1 unread notification/ }).waitFor()
    await expect.poll(() => mia.page.title()).toMatch(/^\(1\) /)
    const icon = () => mia.page.locator('link[rel=icon]').getAttribute('href')
    await expect.poll(icon).toBe('/icon-new.svg')

    await mia.page.keyboard.press('g')
    await mia.page.keyboard.press('i')
    const row = mia.page.getByRole('main').locator('[data-row]')
    await row.filter({ hasText: '首页文案看一下' }).waitFor()
    await mia.page.keyboard.press('j')
    await mia.page.keyboard.press('w')
    await mia.page.getByText('The message mentions you.').waitFor()
    await mia.page.keyboard.press('Escape')
    await mia.page.getByRole('dialog').waitFor({ state: 'detached' })
    await row.first().focus()
    await mia.page.keyboard.press('Enter')
    await pane(mia.page).getByText('首页文案看一下').waitFor()
    await expect.poll(() => mia.page.title()).not.toMatch(/^\(/)
    await expect.poll(icon).toBe('/icon.svg')

    await row.first().focus()
    await mia.page.keyboard.press('e')
    await mia.page.getByText('Nothing needs you').waitFor()
    await mia.page.locator('body').click({ position: { x: 700, y: 780 } })
    await mia.page.keyboard.press('z')
    await row.filter({ hasText: '首页文案看一下' }).waitFor()
    await row.first().focus()
    await mia.page.keyboard.press('h')
    await mia.page.getByRole('menuitem', { name: /Tomorrow morning/ }).click()
    await mia.page.getByText('Nothing needs you').waitFor()
    await mia.page.getByRole('tab', { name: 'Snoozed' }).click()
    await mia.page.getByText(/^Back /).waitFor()
    expectNoFaults(li, mia)
  },
)

story(
  'what is read on one device goes quiet on the other; a muted channel does not count',
  async ({ browser, server, pair: [li, mia] }) => {
    await mia.page.goto('/my-work')
    const state = await mia.context.storageState()
    const phone = await browser.newContext({ baseURL: server.url, storageState: state })
    const other = await phone.newPage()
    await other.goto('/my-work')
    await say(li.page, '@Mia one')
    for (const page of [mia.page, other]) {
      await page.getByRole('link', { name: /^Inbox.*1 unread/ }).waitFor()
    }
    await mia.page.getByRole('link', { name: /general/ }).click()
    await message(mia.page, '@Mia one').waitFor()
    await other.getByRole('link', { name: /^Inbox$/ }).waitFor()

    await mia.page.getByRole('button', { name: 'Channel menu' }).click()
    await mia.page.getByRole('menuitem', { name: 'Notifications' }).click()
    await mia.page.getByRole('menuitemcheckbox', { name: 'Mute channel' }).click()
    await other.getByRole('link', { name: /Muted/ }).waitFor()
    await mia.page.goto('/my-work')
    await say(li.page, 'nothing for her')
    await say(li.page, '@Mia two')
    await other.getByRole('link', { name: /^Inbox.*1 unread/ }).waitFor()
    const count = () => other.getByRole('link', { name: /general/ }).textContent()
    await expect.poll(count).toMatch(/1/)
    await phone.close()
    expectNoFaults(li, mia)
  },
)

story('how much one hears of a channel is chosen in its menu', async ({ pair: [li, mia] }) => {
  const { page } = mia
  const hear = async (level: string) => {
    await page.getByRole('button', { name: 'Channel menu' }).click()
    await page.getByRole('menuitem', { name: 'Notifications' }).click()
    await page.getByRole('menuitemcheckbox', { name: level }).click()
    await page.getByRole('menu').first().waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate(waiting)).toBe(0)
  }
  await say(li.page, '平常的话')
  await why(page, '平常的话', 'Nothing in the message is addressed to you.')
  await hear('All messages')
  await say(li.page, '都想听')
  await why(page, '都想听', 'You asked to hear of every message in this channel.')
  await hear('Nothing')
  await say(li.page, '@Mia 不想听')
  await why(page, '不想听', 'You asked to hear nothing of this channel.')
  await hear('Mentions only')
  await say(li.page, '@Mia 又想听了')
  await why(page, '又想听了', 'The message mentions you.')
  expectNoFaults(li, mia)
})

/** In the page: commands that are not confirmed yet. */
function waiting(): number {
  const { tenon } = window as unknown as { tenon: { view: { pending(): unknown[] } } }
  return tenon.view.pending().length
}

story('keywords and quiet hours are chosen once for all devices', async ({ pair: [li, mia] }) => {
  await mia.page.goto('/settings/notifications')
  await mia.page.getByLabel('Add a word').fill('上线')
  await mia.page.keyboard.press('Enter')
  await mia.page.getByRole('button', { name: 'Remove 上线' }).waitFor()
  await mia.page.getByRole('switch', { name: 'Every day' }).click()
  await mia.page.getByLabel('From').fill('00:00')
  await mia.page.getByLabel('Until').fill('00:00')
  const kept = async () => get<{ quiet_hours?: object }>(mia, '/preferences')
  await expect
    .poll(async () => (await kept()).quiet_hours)
    .toEqual({ from_minutes: 0, until_minutes: 0 })
  await say(li.page, '今晚上线')
  await mia.page.getByRole('link', { name: /^Inbox.*1 unread/ }).click()
  await mia.page.getByRole('main').locator('[data-row]', { hasText: 'said “上线”' }).waitFor()
  await mia.page.keyboard.press('j')
  await mia.page.keyboard.press('w')
  await mia.page.getByText('It came in your quiet hours').waitFor()
  expectNoFaults(li, mia)
})

story('a message is kept for later, with a reminder', async ({ pair: [li, mia] }) => {
  await say(li.page, '合同周五前要签')
  const { page } = mia
  const menu = async () => {
    await message(page, '合同周五前要签').hover()
    await message(page, '合同周五前要签').getByRole('button', { name: 'More' }).click()
  }
  await menu()
  await page.getByRole('menuitem', { name: 'Save for later' }).click()
  await menu()
  await page.getByRole('menuitem', { name: 'Remove from saved' }).waitFor()
  await page.getByRole('menuitem', { name: 'Remind me' }).click()
  await page.getByRole('menuitem', { name: 'Pick a time' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Remind me at').fill('2001-01-01T09:00')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Choose a time in the future.').waitFor()
  await dialog.getByLabel('Remind me at').fill('2999-01-01T09:00')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: /^Inbox/ }).click()
  await page.getByRole('tab', { name: 'Saved' }).click()
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: '合同周五前要签' })
  await row.getByRole('img', { name: 'Reminder' }).waitFor()
  const kept = await get<{ remind_at: string }[]>(mia, '/saved')
  expect(kept[0]?.remind_at).toBe('2999-01-01T01:00:00Z')
  await row.getByRole('button', { name: 'Remove from saved' }).click()
  await page.getByText('Nothing is saved').waitFor()
  expectNoFaults(li, mia)
})
