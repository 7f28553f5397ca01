// What fingers do on a phone: they press, swipe and tap.

import type { Browser, Locator } from 'playwright-core'
import { expect } from 'vitest'
import { fingerOn, middleOf } from './finger'
import { command, get, join, type Person, post, visitor } from './people'
import { composer, message, say } from './screen'
import type { Server } from './server'
import { expectNoFaults, story } from './stage'

/** Ann and her phone, in the one channel. */
async function phoneOf(browser: Browser, server: Server, host: Person) {
  const ann = await visitor(browser, server, { phone: true })
  await join(ann, 'Ann', host)
  await ann.page.getByRole('link', { name: /^Public channel/ }).click()
  await composer(ann.page).waitFor()
  return { ann, page: ann.page, finger: await fingerOn(ann.page) }
}

story(
  'a long press opens the sheet, and letting go chooses nothing',
  async ({ browser, server, pair: [li] }) => {
    const { ann, page, finger } = await phoneOf(browser, server, li)
    await page.getByRole('textbox').fill('别删这条')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const row = message(page, '别删这条')
    await message(li.page, '别删这条').waitFor()
    const sheet = page.getByRole('dialog')
    // Wherever on the message it rests, and so whatever of the sheet comes under it.
    for (const part of [0.25, 0.5, 0.75]) {
      const box = await row.boundingBox()
      if (!box) throw new Error('the message is not shown')
      await finger.down({ x: box.x + box.width * part, y: box.y + box.height / 2 })
      await sheet.waitFor()
      await page.evaluate(settled)
      await finger.up()
      await page.evaluate(settled)
      expect(await sheet.isVisible()).toBe(true)
      expect(await page.getByRole('dialog').count()).toBe(1)
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
    }
    // What is tapped then is chosen.
    await finger.down(await middleOf(row))
    await sheet.waitFor()
    await finger.up()
    await page.evaluate(settled)
    await finger.tap(
      await middleOf(sheet.getByRole('button', { name: 'Pin to the channel', exact: true })),
    )
    await row.getByText('Pinned by Ann').waitFor()
    await sheet.waitFor({ state: 'detached' })
    expectNoFaults(ann)
    await ann.context.close()
  },
)

story(
  'a channel leads back to the list of them, and nothing speaks of keys',
  async ({ browser, server, pair: [li] }) => {
    const { ann, page, finger } = await phoneOf(browser, server, li)
    await finger.tap(await middleOf(page.getByRole('button', { name: 'Back to the channels' })))
    await page.waitForURL('**/channels')
    await page.getByRole('link', { name: /^Public channel/ }).waitFor()
    await page.goto('/inbox')
    await page.getByText('Swipe what you have dealt with to the right.').waitFor()
    await page.getByRole('tab', { name: 'Snoozed' }).click()
    await page.getByText(/^Swipe something in the inbox to the left/).waitFor()
    expectNoFaults(ann)
    await ann.context.close()
  },
)

/** Until what moves has come to rest and the page has seen what came before. */
async function settled(): Promise<void> {
  const running = document
    .getAnimations()
    .filter((each) => each.effect?.getTiming().iterations === 1)
  await Promise.allSettled(running.map((each) => each.finished))
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
}

story(
  'an inbox is worked through with swipes, and each can be undone',
  async ({ browser, server, pair: [li] }) => {
    const { ann, page, finger } = await phoneOf(browser, server, li)
    await page.goto('/inbox')
    const row = page.getByRole('main').locator('[data-row]')
    for (const words of ['第一件', '第二件']) {
      await say(li.page, `@Ann ${words}`)
      await row.filter({ hasText: words }).waitFor()
    }
    const swipe = async (by: number, held = false) => {
      const from = await middleOf(row.first())
      const start = { x: by > 0 ? 60 : 300, y: from.y }
      await finger.swipe(start, { x: start.x + by, y: start.y }, { held })
    }
    const item = page.locator('[data-swipes=inbox]').first()
    const before = await item.boundingBox()
    // Less than a third of the way: it follows, and goes back.
    await swipe(100, true)
    const moved = async () => ((await item.boundingBox())?.x ?? 0) - (before?.x ?? 0)
    await expect.poll(moved).toBe(100)
    await finger.up()
    await expect.poll(moved).toBe(0)
    expect(await page.getByText('Marked done').count()).toBe(0)
    const count = await row.count()

    await swipe(200)
    await expect.poll(() => row.count()).toBe(count - 1)
    const undo = page.getByRole('button', { name: 'Undo' })
    await undo.waitFor()
    await page.evaluate(settled)
    await finger.tap(await middleOf(undo))
    await expect.poll(() => row.count()).toBe(count)

    await swipe(-200)
    const moment = page.getByRole('menuitem').first()
    await moment.waitFor()
    await page.evaluate(settled)
    await finger.tap(await middleOf(moment))
    await expect.poll(() => row.count()).toBe(count - 1)
    await page.getByRole('tab', { name: 'Snoozed' }).click()
    await row.first().waitFor()

    // Up and down it scrolls, or does nothing.
    const { x, y } = await middleOf(row.first())
    await finger.swipe({ x, y }, { x: x + 60, y: y + 200 })
    await page.evaluate(settled)
    expect(await row.count()).toBe(1)
    expectNoFaults(ann)
    await ann.context.close()
  },
)

story(
  'a message swiped to the right opens its thread, and the left edge leads back',
  async ({ browser, server, pair: [li] }) => {
    const { ann, page, finger } = await phoneOf(browser, server, li)
    await say(li.page, '滑我')
    const long = `\`\`\`\n${'很长的一行代码 '.repeat(40)}\n\`\`\``
    const [channel] = await get<{ id: string }[]>(li, '/channels')
    await command(li, { type: 'post_message', channel: channel?.id, text: long })
    const code = page.getByRole('main').locator('pre')
    await code.waitFor()
    await page.evaluate(settled)
    const across = async (of: Locator, from: number, to: number) => {
      const { y } = await middleOf(of)
      await finger.swipe({ x: from, y }, { x: to, y })
      await page.evaluate(settled)
    }
    // Code goes its own way, and the message stays.
    await across(code, 300, 120)
    await expect.poll(() => code.evaluate((pre) => pre.scrollLeft)).toBeGreaterThan(0)
    await across(code, 120, 330)
    expect(page.url()).not.toContain('pane')

    await across(message(page, '滑我'), 80, 160)
    expect(page.url()).not.toContain('pane')
    await across(message(page, '滑我'), 80, 280)
    await page.waitForURL(/pane=thread/)
    const thread = page.getByRole('complementary', { name: 'Side pane' })
    await thread.getByText('滑我').waitFor()
    await page.evaluate(settled)
    await finger.swipe({ x: 6, y: 400 }, { x: 80, y: 400 })
    await page.evaluate(settled)
    expect(page.url()).toContain('pane')
    await finger.swipe({ x: 6, y: 400 }, { x: 300, y: 400 })
    await thread.waitFor({ state: 'detached' })
    await finger.swipe({ x: 6, y: 400 }, { x: 300, y: 400 })
    await page.waitForURL('**/channels')

    // Whoever wants less motion sees nothing move, and gets the same.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goBack()
    const row = message(page, '滑我')
    await row.waitFor()
    const { y } = await middleOf(row)
    await finger.swipe({ x: 80, y }, { x: 280, y }, { held: true })
    expect((await row.boundingBox())?.x).toBe(0)
    await finger.up()
    await page.waitForURL(/pane=thread/)
    expectNoFaults(ann)
    await ann.context.close()
  },
)

story(
  'a finger finds the settings one by one, and nothing it taps is small',
  async ({ browser, server, pair: [li] }) => {
    const { ann, page, finger } = await phoneOf(browser, server, li)
    await finger.tap(await middleOf(page.getByRole('button', { name: 'Show formatting' })))
    const bar = page.getByRole('toolbar', { name: 'Formatting' })
    await bar.getByRole('button', { name: 'Bold' }).waitFor()
    expect(await page.evaluate(smallButtons)).toEqual([])
    // It scrolls sideways, and so cuts off what is higher than itself.
    expect(await bar.evaluate((it) => it.scrollHeight - it.clientHeight)).toBe(0)
    expect(await bar.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeGreaterThan(0)
    await finger.tap(await middleOf(page.getByRole('link', { name: 'You', exact: true })))
    const list = page.getByRole('navigation', { name: 'Settings' })
    await finger.tap(await middleOf(list.getByRole('link', { name: 'Notifications' })))
    await page.getByRole('switch', { name: 'Play a short sound' }).waitFor()
    await list.waitFor({ state: 'hidden' })
    await finger.tap(await middleOf(page.getByRole('button', { name: 'Back to the settings' })))
    await list.getByRole('link', { name: 'Profile' }).waitFor()
    expectNoFaults(ann)
    await ann.context.close()
  },
)

story(
  'on a tablet what one presses is as large as a finger, and nothing speaks of keys',
  async ({ browser, server, pair: [li] }) => {
    const ann = await visitor(browser, server, { phone: true, width: 820 })
    await join(ann, 'Ann', li)
    const { page } = ann
    await composer(page).waitFor()
    const channel = new URL(page.url()).pathname.split('/')[2]
    const { id } = await post<{ id: string }>(li, `/channels/${channel}/messages`, { text: '班表' })
    await command(li, { type: 'add_reaction', message: id, emoji: '👍' })
    await command(li, { type: 'post_message', channel, thread: id, text: '好' })
    const row = message(page, '班表')
    await row.getByRole('button', { name: '1 reply' }).waitFor()
    const bar = page.getByRole('navigation', { name: 'Side bar' })
    const inBar = bar.locator('a, button').filter({ visible: true })
    const inRow = row.getByRole('button', { name: /^👍|^Add reaction|1 reply/ })
    const faces = page.getByRole('button', { name: 'Send', exact: true })
    for (const [all, least] of [
      [inBar, 8],
      [inRow, 3],
      [faces, 1],
    ] as const) {
      expect(await all.count()).toBeGreaterThanOrEqual(least)
      for (const one of await all.all()) expect(await one.evaluate(fingerRoom)).toBe('')
    }
    expect(await page.locator('kbd').filter({ visible: true }).count()).toBe(0)
    await page.goto('/settings')
    await page.getByRole('link', { name: 'Notifications' }).click()
    await page.getByRole('button', { name: 'Back to the settings' }).waitFor()
    expectNoFaults(ann)
    await ann.context.close()
  },
)

/** In the page: where a finger, 40 px high, presses something else; empty if nowhere. */
function fingerRoom(element: Element): string {
  element.scrollIntoView({ block: 'center' })
  const { x, y, width, height } = element.getBoundingClientRect()
  const misses = [-19, 0, 19].filter((off) => {
    const hit = document.elementFromPoint(x + width / 2, y + height / 2 + off)
    return !hit || !element.contains(hit)
  })
  return misses.length > 0 ? `${element.outerHTML.slice(0, 200)} at ${misses.join(', ')} px` : ''
}

/** In the page: buttons of one icon that a finger would miss. */
function smallButtons(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('button[aria-label][data-tip]')]
  const shown = all.filter((each) => each.checkVisibility({ opacityProperty: true }))
  if (shown.length < 5) return ['there are hardly any']
  const small = shown.filter(
    ({ offsetHeight, offsetWidth }) => offsetHeight < 40 || offsetWidth < 40,
  )
  return small.map((each) => `${each.ariaLabel}: ${each.offsetWidth} × ${each.offsetHeight}`)
}
