// A page of 1280 pixels at twice its size: half as many are left, nothing is cut off, and
// everything that can be pressed can be reached.

import { expect } from 'vitest'
import { get } from './people'
import { expectNoFaults, story } from './stage'

story('everything can be reached at 200 %', async ({ browser, demo }) => {
  const context = await browser.newContext({
    baseURL: demo.url,
    locale: 'en-GB',
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  })
  const page = await context.newPage()
  const guest = { name: '', context, page, faults: [] as string[] }
  page.on('pageerror', (error) => guest.faults.push(String(error)))
  await page.goto('/')
  await page.getByRole('button', { name: /林晓/ }).click()
  await page.getByRole('navigation').first().waitFor()
  const channels = await get<{ id: string; name: string }[]>(guest, '/channels')
  const dev = channels.find(({ name }) => name === 'dev')?.id
  const wrong: string[] = []
  for (const place of [
    `/c/${dev}`,
    `/c/${dev}?pane=task:ENG-1`,
    `/c/${dev}?pane=info`,
    '/channels',
    '/inbox',
    '/my-work',
    '/search',
    '/p/ENG/board',
    '/settings',
    '/settings/notifications',
    '/settings/limits',
    '/people',
  ]) {
    await page.goto(place)
    await page.locator('main, aside').filter({ visible: true }).first().waitFor()
    await page.waitForLoadState('networkidle')
    const lost = await page.evaluate(unreachable)
    wrong.push(...lost.map((each) => `${place}: ${each}`))
  }
  expect(wrong).toEqual([])
  expectNoFaults(guest)
  await context.close()
})

/** In the page: what is shown to be pressed, and yet is not there when it is scrolled to. */
function unreachable(): string[] {
  const wide = document.documentElement.scrollWidth > innerWidth
  const lost = wide ? ['scrolls sideways'] : []
  const all = document.querySelectorAll<HTMLElement>('a[href], button, input, textarea, select')
  for (const each of all) {
    const isShown = each.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    const before = each.getBoundingClientRect()
    // A text for screen readers alone, or a box behind the picture of one.
    if (!isShown || before.width <= 1 || before.height <= 1) continue
    each.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
    if (!each.isConnected) continue
    const { left, right, top, bottom } = each.getBoundingClientRect()
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const there = document.elementFromPoint(x, y)
    const label = each instanceof HTMLInputElement ? each.labels?.[0] : undefined
    const hit = there && (each.contains(there) || there.contains(each) || label?.contains(there))
    if (!hit) lost.push(each.getAttribute('aria-label') ?? (each.textContent || each.outerHTML))
  }
  return lost
}
