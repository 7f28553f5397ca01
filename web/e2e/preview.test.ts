// What is behind a link stands under the message, for everyone, until its author takes it away.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { message, say } from './screen'
import { expectNoFaults, story } from './stage'

const PAGE = `<!doctype html><head><title>old</title>
<meta property="og:title" content="发布流程 – Release process">
<meta property="og:description" content="每周五 16:00 发布；先看检查清单。">
<meta property="og:site_name" content="工程 Wiki"></head>`

/** A site at the one inner address that the server of a story may reach. */
async function site(): Promise<string> {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8')
    answer.end(PAGE)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.2', ready))
  onTestFinished(() => void server.close())
  return `http://127.0.0.2:${(server.address() as AddressInfo).port}/release`
}

story('a link says what is behind it until its author minds', async ({ pair: [li, mia] }) => {
  const url = await site()
  await say(li.page, `看看${url}`)
  const seen = message(mia.page, url).getByRole('article', { name: 'Preview of 工程 Wiki' })
  await seen.getByRole('link', { name: /Release process/ }).waitFor()
  expect(await seen.getByRole('link').getAttribute('href')).toBe(url)
  // Only its author has the button.
  expect(
    await message(mia.page, url)
      .getByRole('button', { name: /preview/ })
      .count(),
  ).toBe(0)
  const cross = message(li.page, url).getByRole('button', { name: 'Remove the preview' })
  // On a phone, where it is always there, it stands beside the card and not on it.
  await li.page.setViewportSize({ width: 390, height: 844 })
  const card = message(li.page, url).getByRole('article')
  await expect
    .poll(async () => {
      const [button, box] = [await cross.boundingBox(), await card.boundingBox()]
      return button && box && button.x >= box.x + box.width
    })
    .toBe(true)
  await li.page.setViewportSize({ width: 1280, height: 800 })
  await cross.focus()
  await li.page.keyboard.press('Enter')
  await seen.waitFor({ state: 'detached' })
  expect(await message(li.page, url).getByText('Release process').count()).toBe(0)
  await mia.page.reload()
  await message(mia.page, url).waitFor()
  expect(await seen.count()).toBe(0)
  expectNoFaults(li, mia)
})
