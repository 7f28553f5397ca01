// Groups: made by an administrator, mentioned in talk, told to those who are in them.

import { expect } from 'vitest'
import { composer, message, say } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'a group is made, its people are found by pinyin, and its mention reaches them',
  async ({ pair: [li, mia] }) => {
    const { page } = li
    await mia.page.goto('/my-work')
    await page.getByRole('link', { name: 'People' }).click()
    const create = async (name: string, fill: () => Promise<void>) => {
      await page.getByRole('button', { name: 'New group' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name').fill(name)
      await fill()
      await dialog.getByRole('button', { name: 'Create group' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('heading', { name }).waitFor()
    }
    const dialog = page.getByRole('dialog')
    await create('技术部', async () => {})
    await create('设计组', async () => {
      await dialog.getByRole('combobox', { name: 'Part of' }).click()
      await page.getByRole('option', { name: '技术部' }).click()
      await dialog.getByLabel(/^Handle/).fill('design')
    })
    await page.getByRole('button', { name: 'Add people' }).click()
    await dialog.getByRole('combobox', { name: 'Add people' }).fill('mia')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Add people' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('list', { name: '设计组' }).getByText('Mia', { exact: true }).waitFor()

    // Everybody sees the tree and its counts.
    await mia.page.getByRole('link', { name: 'People' }).click()
    const departments = mia.page.getByRole('region', { name: 'Departments' })
    await departments.getByRole('link', { name: '技术部 1 person' }).waitFor()
    await departments.getByRole('link', { name: '设计组 1 person' }).waitFor()
    const everyone = mia.page.getByRole('list', { name: 'Everyone' })
    await mia.page.getByRole('searchbox', { name: 'Find people' }).fill('ll')
    await everyone.getByRole('button', { name: 'Message 李雷' }).waitFor()
    await everyone.getByRole('button', { name: 'Message Mia' }).waitFor({ state: 'detached' })
    expect(await mia.page.getByRole('button', { name: 'New group' }).count()).toBe(0)

    // The composer completes it by its sound; whoever is in it is told.
    await page
      .getByRole('link', { name: /^Public channel/ })
      .first()
      .click()
    await composer(page).pressSequentially('请@sjz')
    await page.getByRole('option', { name: /设计组/ }).waitFor()
    await page.keyboard.press('Enter')
    await composer(page).pressSequentially('看一下')
    await page.keyboard.press('Enter')
    await message(page, '看一下').getByRole('button', { name: '@设计组' }).waitFor()
    await mia.page.getByRole('link', { name: /^Inbox.*1 unread notification/ }).waitFor()
    await mia.page.getByRole('link', { name: /1 mention of you/ }).waitFor()
    await mia.page.getByRole('link', { name: /^Inbox/ }).click()
    const row = mia.page.getByRole('main').locator('[data-row]', { hasText: '看一下' })
    await row.getByText('mentioned @设计组').waitFor()
    await mia.page.keyboard.press('j')
    await mia.page.keyboard.press('w')
    await mia.page.getByText('The message mentions @设计组, a group that you are in.').waitFor()
    await mia.page.keyboard.press('Escape')

    // Whoever leaves the group is not told any more.
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByRole('link', { name: /设计组/ }).click()
    await page.getByRole('button', { name: 'Take Mia out of the group' }).click()
    await page.getByText('Nobody is in it yet.').waitFor()
    await page
      .getByRole('link', { name: /^Public channel/ })
      .first()
      .click()
    await say(page, '@design 不用看了')
    await say(page, '@Mia 收尾')
    await mia.page.getByRole('main').locator('[data-row]', { hasText: '收尾' }).waitFor()
    expect(
      await mia.page.getByRole('main').locator('[data-row]', { hasText: '不用看了' }).count(),
    ).toBe(0)
    expectNoFaults(li, mia)
  },
)
