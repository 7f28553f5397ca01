// A newer build, and a server that speaks another version, under a page that is open.

import type { Page, WebSocketRoute } from 'playwright-core'
import { expect } from 'vitest'
import { kept } from './device'
import { openFront } from './front'
import { found, visitor } from './people'
import { composer, message, say } from './screen'
import { story } from './stage'

/** The script that the page began with. */
const entry = (page: Page) =>
  page.locator('script[type="module"]').first().getAttribute('src') as Promise<string>

/** Until the worker answers for the page. */
const controlled = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null)

const isWaiting = () =>
  navigator.serviceWorker.ready.then((registration) => registration.waiting !== null)

story(
  'a page outlives a deployment, and a reload brings the new build',
  async ({ browser, server }) => {
    const front = await openFront(server)
    const li = await visitor(browser, { ...server, url: front.url })
    await found(li, '李雷')
    await say(li.page, '发版之前')
    await controlled(li.page)
    const old = await entry(li.page)
    await front.deploy()
    expect((await li.context.request.get(old)).status()).toBe(404)
    // What the page had not loaded yet, and the server no longer has.
    await li.page.getByRole('link', { name: 'My work' }).click()
    await li.page.getByRole('heading', { name: 'My work' }).waitFor()
    await li.page.getByRole('link', { name: /general/ }).click()
    await say(li.page, 'written in the old build')
    expect(await entry(li.page)).toBe(old)

    await li.page.reload()
    await message(li.page, 'written in the old build').waitFor()
    const renewed = await entry(li.page)
    expect(renewed).not.toBe(old)
    // Beside the files of the old build until no page needs them, then instead of them.
    await expect.poll(() => li.page.evaluate(isWaiting), { timeout: 30_000 }).toBe(true)
    await li.page.close()
    const page = await li.context.newPage()
    await page.goto('/')
    const builds = () => page.evaluate(() => caches.keys())
    await expect.poll(builds, { timeout: 30_000 }).toEqual(['tenon:000000000002'])
    await kept(page, '发版之前')
    await server.kill()
    await page.reload()
    await message(page, '发版之前').waitFor()
    expect(await entry(page)).toBe(renewed)
    expect(li.faults).toEqual([])
    await li.context.close()
    await front.close()
  },
)

story('a page that a newer server outlived is loaded anew once', async ({ pair: [li] }) => {
  let isNewer = false
  let socket: WebSocketRoute | undefined
  await li.page.routeWebSocket(/\/api\//, (route) => {
    socket = route
    const further = route.connectToServer()
    further.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; protocol: number }
      const isOther = isNewer && frame.type === 'welcome'
      route.send(isOther ? JSON.stringify({ ...frame, protocol: frame.protocol + 1 }) : text)
    })
  })
  await li.page.reload()
  await say(li.page, '升级之前')
  await kept(li.page, '升级之前')
  let loads = 0
  li.page.on('load', () => loads++)
  const outdated = li.page.getByText('There is a newer version of this page.')

  await composer(li.page).pressSequentially('写到一半')
  isNewer = true
  await socket?.close()
  await outdated.waitFor()
  // Not under the hands of somebody who writes.
  await composer(li.page).pressSequentially('的话')
  expect(loads).toBe(0)
  const renewed = li.page.waitForEvent('load')
  await composer(li.page).blur()
  await renewed

  // The server is still another: the page says so, and goes round no further.
  await outdated.waitFor()
  await expect.poll(() => composer(li.page).inputValue()).toBe('写到一半的话')
  await message(li.page, '升级之前').waitFor()
  expect(loads).toBe(1)
})
