// Coming in by e-mail and password, and going out again.

import { expect } from 'vitest'
import { found, PASSWORD, visitor } from './people'
import { composer } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'one signs in by e-mail and password, in one’s language, and out again',
  async ({ strangers: [li], browser, server }) => {
    await found(li, 'Li Lei')
    await composer(li.page).waitFor()
    const desk = await visitor(browser, server, { locale: 'zh-CN' })
    const { page } = desk
    await page.goto('/my-work')
    const email = page.getByLabel('邮箱')
    const password = page.getByLabel('密码', { exact: true })
    const enter = page.getByRole('button', { name: '登录' })

    await email.fill('lilei')
    await password.fill(PASSWORD)
    await enter.click()
    await page.getByText('邮箱格式不正确').waitFor()
    // Of an address that nobody has and of a wrong password the same is said.
    for (const address of ['nobody@tenon.example', 'lilei@tenon.example']) {
      await email.fill(address)
      await password.fill('not my password')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('邮箱或密码不正确。').waitFor()
      expect(await email.inputValue()).toBe(address)
      expect(await password.inputValue()).toBe('not my password')
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
    }
    await password.fill(PASSWORD)
    await enter.click()
    // Where one wanted to go.
    await page.getByRole('heading', { name: '我的工作' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/my-work')
    await page.reload()
    await page.getByRole('heading', { name: '我的工作' }).waitFor()

    await page.getByRole('button', { name: /个人与设置/ }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await enter.waitFor()
    expect((await desk.context.request.get('/api/v1/me')).status()).toBe(401)
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
    await page.reload()
    await enter.waitFor()
    expect(await page.getByText('Li Lei').count()).toBe(0)
    expectNoFaults(li, desk)
    await desk.context.close()
  },
)
