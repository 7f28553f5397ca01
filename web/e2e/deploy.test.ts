// A server that speaks another version, under a page that is open.

import type { Page, WebSocketRoute } from 'playwright-core'
import { expect } from 'vitest'
import { kept } from './device'
import { composer, delivered, message, say } from './screen'
import { deviceStory as story } from './stage'

/** What the page meets: the server as it is, one of another version, or none. */
interface Line {
  /** Added to the version that the server says it speaks. */
  ahead: number
  isDown: boolean
  /** Types of the frames that the page sent since the last welcome. */
  sent: string[]
  cut(): Promise<void>
}

/** Stands between the page and the server from its next load on. */
async function stand(page: Page): Promise<Line> {
  let socket: WebSocketRoute | undefined
  const line: Line = { ahead: 0, isDown: false, sent: [], cut: async () => socket?.close() }
  await page.routeWebSocket(/\/api\//, (route) => {
    socket = route
    if (line.isDown) return void route.close()
    const further = route.connectToServer()
    route.onMessage((text) => {
      line.sent.push((JSON.parse(String(text)) as { type: string }).type)
      further.send(text)
    })
    further.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; protocol: number }
      if (frame.type !== 'welcome') return route.send(text)
      line.sent = []
      route.send(JSON.stringify({ ...frame, protocol: frame.protocol + line.ahead }))
    })
  })
  return line
}

/** As if a build of another protocol had left the replica on the device. */
async function ageReplica(): Promise<void> {
  const [database] = await indexedDB.databases()
  const opening = indexedDB.open(database?.name ?? '')
  await new Promise<void>((resolve, reject) => {
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('meta', 'readwrite')
      const metas = transaction.objectStore('meta')
      const reading = metas.get('replica')
      reading.onsuccess = () => {
        const { protocol } = reading.result as { protocol: number }
        metas.put({ ...reading.result, protocol: protocol - 1 }, 'replica')
      }
      transaction.oncomplete = () => {
        opening.result.close()
        resolve()
      }
      transaction.onerror = () => reject(transaction.error)
    }
  })
}

const outdatedLine = (page: Page) => page.getByText('This page and the server differ in version.')

story('a page that a newer server outlived is loaded anew once', async ({ pair: [li] }) => {
  const line = await stand(li.page)
  await li.page.reload()
  await say(li.page, '升级之前')
  await kept(li.page, '升级之前')
  let loads = 0
  li.page.on('load', () => loads++)
  const outdated = outdatedLine(li.page)

  await composer(li.page).pressSequentially('写到一半')
  line.ahead = 1
  await line.cut()
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

story(
  'what is unsent when the version changes is sent once, by the new page',
  async ({ pair: [li, mia] }) => {
    const line = await stand(li.page)
    await li.page.reload()
    await say(li.page, '升级之前')
    await kept(li.page, '升级之前')
    line.isDown = true
    await line.cut()
    await composer(li.page).fill('断线时写的')
    await composer(li.page).press('Enter')
    await message(li.page, '断线时写的').getByRole('img', { name: 'Sending' }).waitFor()
    await composer(li.page).fill('草稿')

    line.ahead = 1
    line.isDown = false
    await outdatedLine(li.page).waitFor()
    // The old page says nothing to a server that would misunderstand it.
    expect(line.sent).toEqual([])
    expect(await message(mia.page, '断线时写的').count()).toBe(0)

    // The page of the new version finds what the old one left on the device.
    await li.page.goto('/api/v1/openapi.json')
    await li.page.evaluate(ageReplica)
    line.ahead = 0
    await li.page.goto('/')
    await delivered(li.page, '断线时写的')
    await message(mia.page, '断线时写的').waitFor()
    await message(li.page, '升级之前').waitFor()
    await expect.poll(() => composer(li.page).inputValue()).toBe('草稿')
    await say(mia.page, '收到')
    await message(li.page, '收到').waitFor()
    for (const { page } of [li, mia]) expect(await message(page, '断线时写的').count()).toBe(1)
  },
)

story(
  'a page that is newer than its server keeps what is written until that follows',
  async ({ pair: [li, mia] }) => {
    const line = await stand(li.page)
    await li.page.reload()
    await say(li.page, 'before')
    await kept(li.page, 'before')
    let loads = 0
    li.page.on('load', () => loads++)
    const renewed = li.page.waitForEvent('load')
    line.ahead = -1
    await line.cut()
    await renewed
    await outdatedLine(li.page).waitFor()
    await composer(li.page).fill('服务器还没升级')
    await composer(li.page).press('Enter')
    await message(li.page, '服务器还没升级').getByRole('img', { name: 'Sending' }).waitFor()
    expect([line.sent, loads]).toEqual([[], 1])

    line.ahead = 0
    await li.page.getByRole('button', { name: 'Reload' }).click()
    await delivered(li.page, '服务器还没升级')
    await message(mia.page, '服务器还没升级').waitFor()
    await outdatedLine(li.page).waitFor({ state: 'detached' })
    for (const { page } of [li, mia]) expect(await message(page, '服务器还没升级').count()).toBe(1)
  },
)
