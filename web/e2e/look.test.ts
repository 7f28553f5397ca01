// Every screen of the demo, in both languages, light and dark, on a desk, a tablet and a
// phone: it fits, axe finds nothing serious in it, and nothing goes wrong unseen.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { violationsOf } from './axe'
import { visitor } from './people'
import { follow, placesOf } from './place'
import { composer } from './screen'
import { expectNoFaults, story } from './stage'
import { seeSheet, seeWindows } from './windows'

const LOOKS = [
  { locale: 'zh-CN', dark: false, width: 390 },
  { locale: 'en-GB', dark: true, width: 390 },
  { locale: 'en-GB', dark: false, width: 1280 },
  { locale: 'zh-CN', dark: true, width: 1280 },
  { locale: 'zh-CN', dark: false, width: 820 },
] as const

/**
 * What a phone or a tablet arranges in its own way; otherwise it shows the same words on the same
 * grounds.
 */
const NARROW = /channels$|task:|people|board|list|settings$/
const MIDDLE = /task:|info$|inbox|board/

story(
  'every screen fits and can be read, in Chinese and English, light and dark, wide and narrow',
  async ({ browser, demo }) => {
    const wrong: string[] = []
    for (const look of LOOKS) {
      const guest = await visitor(browser, demo, look)
      const { page } = guest
      await page.goto('/')
      await page.getByRole('button', { name: /林晓/ }).click()
      await page
        .getByRole('link', { name: /我的工作|My work/ })
        .first()
        .waitFor()
      for (const place of await placesOf(guest)) {
        const where = `${place} ${look.locale} ${look.width}`
        await follow(page, place)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        if (wide) wrong.push(`${where}: scrolls sideways`)
        for (const words of await page.evaluate(cutTitles))
          wrong.push(`${where}: of its title there is hardly anything: ${words}`)
        if (!(await saysSomething(page))) wrong.push(`${where}: is empty`)
        const own = look.width < 800 ? NARROW : MIDDLE
        if (look.width > 1000 || own.test(place)) wrong.push(...(await violationsOf(page, where)))
      }
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(
        look.dark ? 'dark' : 'light',
      )
      expectNoFaults(guest)
      await guest.context.close()
    }
    expect(wrong).toEqual([])
  },
  600_000,
)

/** In the page: titles of which less than four characters are to be seen, though there are more. */
function cutTitles(): string[] {
  const titles = [...document.querySelectorAll('h1')].filter((each) => each.checkVisibility())
  // One pixel is for screen readers.
  const shown = titles.filter(({ clientWidth }) => clientWidth > 1)
  const cut = shown.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  const size = (title: Element) => Number.parseFloat(getComputedStyle(title).fontSize)
  return cut.filter((each) => each.clientWidth < 4 * size(each)).map((each) => each.textContent)
}

/** Whether there are words where the screen is: in main, or in the pane that covers it. */
async function saysSomething(page: Page): Promise<boolean> {
  const screen = page.locator('main, aside').filter({ visible: true }).first()
  try {
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden says nothing
    await expect.poll(async () => (await screen.innerText()).trim()).not.toBe('')
    return true
  } catch {
    return false
  }
}

story(
  'the way in and what opens over a screen can be read, light and dark',
  async ({ browser, demo, server }) => {
    const wrong: string[] = []
    for (const look of LOOKS.filter(({ width }) => width > 1000)) {
      const stranger = await visitor(browser, server, look)
      await stranger.page.goto('/')
      await stranger.page.locator('form').waitFor()
      wrong.push(...(await violationsOf(stranger.page, `${look.locale} setup`)))
      await stranger.context.close()

      const guest = await visitor(browser, demo, look)
      const { page } = guest
      // Half-transparent while it fades in, a pop-up would be measured wrongly.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const see = async (what: string) => {
        wrong.push(...(await violationsOf(page, `${look.locale} ${what}`)))
      }
      await page.goto('/')
      const account = page.getByRole('button', { name: /林晓/ })
      await account.waitFor()
      await see('sign-in')
      await account.click()
      await page.getByRole('link', { name: /我的工作|My work/ }).waitFor()
      await seeWindows(page, see)
      await page.setViewportSize({ width: 390, height: 844 })
      await page.goto('/channels')
      await seeSheet(page, see)
      expectNoFaults(guest)
      await guest.context.close()
    }
    expect(wrong).toEqual([])
  },
  300_000,
)

story('an address that leads nowhere leads back', async ({ pair: [li] }) => {
  const { page } = li
  for (const place of ['/nowhere', '/c/nothing', '/t/ENG-99', '/p/NONE/board', '/m/nothing']) {
    await page.goto(place)
    await page.getByRole('button', { name: 'Back to start' }).click()
    await composer(page).waitFor()
  }
  expectNoFaults(li)
})

story(
  'where the side bar stands beside it, /channels is a page of its own',
  async ({ pair: [li] }) => {
    const { page } = li
    await page.goto('/channels')
    const main = page.getByRole('main')
    await main.getByRole('heading', { name: 'Browse channels' }).waitFor()
    await main.getByRole('searchbox', { name: 'Find a channel' }).fill('没有')
    await main.getByText('No channel like this').waitFor()
    await main.getByRole('searchbox', { name: 'Find a channel' }).fill('')
    await main.getByRole('listitem').getByRole('button').first().click()
    await composer(page).waitFor()
    await page.goto('/channels')
    await main.getByRole('button', { name: 'New channel' }).click()
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    expectNoFaults(li)
  },
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
