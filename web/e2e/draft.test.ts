// Drafts: begun on one device, gone on with on another; two that write at once lose nothing.

import { expect } from 'vitest'
import { composer, delivered, message } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'a draft goes on on another device, and is gone everywhere once it is sent',
  async ({ browser, pair: [li], server }) => {
    const { page } = li
    const state = await li.context.storageState()
    const phone = await browser.newContext({ baseURL: server.url, storageState: state })
    const other = await phone.newPage()
    await other.goto(page.url())
    await composer(other).waitFor()
    const bar = page.getByRole('navigation', { name: 'Side bar' })

    await composer(page).fill('明天的安排：')
    await expect.poll(() => composer(other).inputValue()).toBe('明天的安排：')
    await bar.getByRole('img', { name: 'There is a draft' }).waitFor()

    // Both write before either has heard of the other.
    await phone.setOffline(true)
    await other.locator('output', { hasText: 'Offline' }).waitFor()
    await composer(other).fill('明天的安排：手机上写的')
    await composer(page).fill('明天的安排：电脑上写的')
    const drafts = page.getByRole('link', { name: 'Drafts' })
    await expect
      .poll(async () => (await li.context.request.get('/api/v1/drafts')).text())
      .toContain('电脑上写的')
    await phone.setOffline(false)
    const aside = other.getByRole('region', { name: 'Written here on another device' })
    await aside.getByText('明天的安排：电脑上写的').waitFor()
    expect(await composer(other).inputValue()).toBe('明天的安排：手机上写的')
    await aside.getByRole('button', { name: 'Insert' }).click()
    await aside.waitFor({ state: 'detached' })
    const both = '明天的安排：手机上写的\n明天的安排：电脑上写的'
    expect(await composer(other).inputValue()).toBe(both)

    // All of them on one page, by keyboard; the words are there after a reload too.
    await page.getByRole('main').click({ position: { x: 200, y: 200 } })
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: 'Drafts' }).waitFor()
    const row = page.getByRole('main').getByRole('listitem')
    await row.getByText('手机上写的').waitFor()
    expect(await drafts.textContent()).toContain('1')
    await page.reload()
    await row.getByText('手机上写的').waitFor()
    await row.getByRole('button', { name: 'Delete the draft' }).click()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await row.getByText('手机上写的').waitFor()
    await row.getByRole('button').first().click()
    await expect.poll(() => composer(page).inputValue()).toBe(both)

    await composer(page).press('Enter')
    await delivered(page, '手机上写的')
    await message(other, '手机上写的').waitFor()
    await expect.poll(() => composer(other).inputValue()).toBe('')
    expectNoFaults(li)
    await phone.close()
  },
)
