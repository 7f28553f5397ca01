// A server that speaks another version, under a page that is open.

import type { WebSocketRoute } from 'playwright-core'
import { expect } from 'vitest'
import { kept } from './device'
import { composer, message, say } from './screen'
import { story } from './stage'

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
