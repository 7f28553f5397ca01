// Every screen of the demo, in both languages, light and dark, on a desk and on a phone: it fits,
// and nothing goes wrong unseen.

import { expect } from 'vitest'
import { get, visitor } from './people'
import { expectNoFaults, story } from './stage'

const settings = ['profile', 'appearance', 'security', 'people', 'workspace', 'hooks', 'tokens']

story(
  'every screen fits, in Chinese and English, light and dark, wide and narrow',
  async ({ browser, demo }) => {
    const overflowing: string[] = []
    for (const [locale, dark, width] of [
      ['zh-CN', false, 390],
      ['en-GB', true, 390],
      ['en-GB', false, 1280],
      ['zh-CN', true, 1280],
    ] as const) {
      const guest = await visitor(browser, demo, { locale, dark, width })
      const { page } = guest
      await page.goto('/')
      await page.getByRole('button', { name: /林晓/ }).click()
      const own = page.getByRole('link', { name: /我的工作|My work/ })
      await own.first().waitFor()
      const channels = await get<{ id: string; name: string }[]>(guest, '/channels')
      const places = [
        ...channels.map(({ id }) => `/c/${id}`),
        `/c/${channels.find(({ name }) => name === 'dev')?.id}?pane=task:ENG-1`,
        '/channels',
        '/my-work',
        '/p/ENG/board',
        '/p/ENG/list',
        '/p/LAUNCH/settings',
        '/t/ENG-6',
        ...settings.map((name) => `/settings/${name}`),
      ]
      for (const place of places) {
        await page.goto(place)
        // A pane takes the whole of a phone.
        await page.locator('main, aside').filter({ visible: true }).first().waitFor()
        await page.waitForLoadState('networkidle')
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        if (wide) overflowing.push(`${place} at ${width}`)
      }
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(
        dark ? 'dark' : 'light',
      )
      expectNoFaults(guest)
      await guest.context.close()
    }
    expect(overflowing).toEqual([])
  },
  300_000,
)

story('the language changes under the page', async ({ browser, demo }) => {
  const guest = await visitor(browser, demo, { locale: 'zh-CN' })
  const { page } = guest
  await page.goto('/')
  await page.getByRole('button', { name: /林晓/ }).click()
  await page.getByRole('link', { name: '我的工作' }).waitFor()
  await page.getByRole('button', { name: /^山茶科技/ }).click()
  await page.getByRole('menuitem', { name: '语言' }).click()
  await page
    .getByRole('menuitemcheckbox', { name: 'English' })
    .or(page.getByRole('menuitemradio', { name: 'English' }))
    .click()
  await page.getByRole('link', { name: 'My work' }).waitFor()
  await page.reload()
  await page.getByRole('link', { name: 'My work' }).waitFor()
  expectNoFaults(guest)
  await guest.context.close()
})
