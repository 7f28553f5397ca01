// Rules of the workspace: set by an administrator, kept to on everybody's screen.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { post } from './people'
import { chooseLogo, delivered, message, say } from './screen'
import { expectNoFaults, story } from './stage'

/** What one may do with the message. */
async function menuOf(page: Page): Promise<string[]> {
  const row = message(page, 'half past nine')
  await row.hover()
  await row.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem').first().waitFor()
  const names = await page.getByRole('menuitem').allInnerTexts()
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  return names.map((name) => name.split('\n')[0] ?? '')
}

story('a rule holds on every screen, and a logo shows', async ({ pair: [li, mia] }) => {
  await say(mia.page, 'half past nine')
  await message(mia.page, 'half past nine').hover()
  expect(await menuOf(mia.page)).toContain('Edit')

  await li.page.goto('/settings/limits')
  await li.page.getByRole('combobox', { name: 'Authors can edit a message for' }).click()
  await li.page.getByRole('option', { name: 'Never' }).click()
  await li.page.getByText('Saved').first().waitFor()
  await expect.poll(() => menuOf(mia.page)).not.toContain('Edit')
  expect(await menuOf(mia.page)).toContain('Delete')
  await li.page.getByRole('combobox', { name: 'Authors can delete a message for' }).click()
  await li.page.getByRole('option', { name: 'Never' }).click()
  await expect.poll(() => menuOf(mia.page)).not.toContain('Delete')

  await li.page.goto('/settings/sign-in')
  await li.page.getByRole('combobox', { name: 'Who may invite members' }).click()
  await li.page.getByRole('option', { name: 'All members' }).click()
  await li.page.getByText('Saved').first().waitFor()
  await mia.page.goto('/settings/invitations')
  await mia.page.getByRole('button', { name: 'Invite people' }).click()
  await mia.page.getByRole('button', { name: 'Create link' }).click()
  await mia.page.getByLabel('Invitation link').first().waitFor()
  await mia.page.keyboard.press('Escape')
  await mia.page.getByText('used 0 of 1 time').waitFor()
  // A live link is not withdrawn by a slip.
  await mia.page.getByRole('button', { name: 'Withdraw' }).click()
  const withdraw = mia.page.getByRole('alertdialog', { name: 'Withdraw this invitation?' })
  await withdraw.getByRole('button', { name: 'Cancel' }).click()
  await withdraw.waitFor({ state: 'detached' })
  await mia.page.getByText('used 0 of 1 time').waitFor()
  await mia.page.getByRole('button', { name: 'Withdraw' }).click()
  await withdraw.getByRole('button', { name: 'Withdraw' }).click()
  await mia.page.getByText('Nobody is invited at present').waitFor()
  // What is not hers is not there.
  expect(await mia.page.getByRole('link', { name: 'Sign-in rules' }).count()).toBe(0)

  await chooseLogo(li.page)
  const shown = mia.page.locator('nav img[src^="/api/v1/logo/"], aside img[src^="/api/v1/logo/"]')
  await shown.first().waitFor()
  expectNoFaults(li, mia)
})

story(
  'the name, the channels and what takes room are on pages of their own',
  async ({ pair: [li, mia] }) => {
    const { page } = li
    await page.goto('/settings/workspace')
    await page.getByLabel('Name of the workspace').fill('北风 Northwind')
    await page.getByRole('button', { name: 'Save' }).first().click()
    await mia.page.getByRole('button', { name: /^北风 Northwind/ }).waitFor()

    const made = await post<{ id: string }>(li, '/channels', { name: '旧项目', kind: 'public' })
    await post(li, '/channels', { name: '薪资', kind: 'private' })
    await mia.page.goto(`/c/${made.id}`)
    await page.goto('/settings/channels')
    const main = page.getByRole('main')
    await main.getByRole('searchbox', { name: 'Find a channel' }).fill('jxm')
    const row = main.getByRole('listitem').filter({ hasText: '旧项目' })
    await row.getByText(/^1 member · 0 messages/).waitFor()
    expect(await main.getByRole('listitem').filter({ hasText: 'general' }).count()).toBe(0)
    await row.getByRole('button', { name: 'Archive' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
    await mia.page.getByText('This channel is archived.').waitFor()
    await row.waitFor({ state: 'detached' })
    await main.getByRole('switch', { name: /archived/i }).click()
    await row.getByRole('button', { name: 'Restore' }).click()
    await mia.page.getByText('This channel is archived.').waitFor({ state: 'detached' })

    await page.goto('/settings/storage')
    for (const part of ['Database', 'Log', 'Files'])
      await main.getByText(part, { exact: true }).first().waitFor()
    // Nobody else has these pages.
    await mia.page.goto('/settings')
    await mia.page.getByRole('link', { name: 'Notifications' }).first().waitFor()
    for (const name of ['channels', 'storage', 'limits', 'retention', 'sign-in', 'people']) {
      const link = `a[href="/settings/${name}"]`
      expect([await page.locator(link).count(), await mia.page.locator(link).count()]).toEqual([
        1, 0,
      ])
    }
    expectNoFaults(li, mia)
  },
)

story('everyone is signed out but who asked', async ({ pair: [li, mia] }) => {
  await li.page.goto('/settings/sign-in')
  await li.page.getByRole('button', { name: 'Sign everyone out' }).click()
  await li.page.getByRole('button', { name: 'Continue' }).click()
  const again = li.page.getByRole('alertdialog', { name: 'Really everyone?' })
  await again.getByRole('button', { name: 'Sign everyone out' }).click()
  await mia.page.getByRole('heading', { name: 'Sign in to 山茶 Camellia' }).waitFor()
  await li.page.goto('/')
  await say(li.page, 'still here')
  await delivered(li.page, 'still here')
})
