// A board of many tasks: opening it, scrolling every column through, dragging cards. What counts
// is the longest task of the page's main thread, as Chromium reports them (over 50 ms).

import type { Locator, Page } from 'playwright-core'
import { card } from '../e2e/screen'
import { clickToPaint, longestTask, watch } from './probe'
import { type Row, row } from './report'
import type { Amounts, Place } from './seed'

const TASK_MS_MAX = 50
/** Of one turn of the wheel. */
const TURN_PIXELS = 600
/** How often the board is opened from the replica. */
const OPENINGS = 5
/** The replica is on the disk some time after it changed; that is work, too. */
const SAVED_MS = 2_500

export async function measureBoard(place: Place, amounts: Amounts): Promise<Row[]> {
  const { page, context } = await place.open()
  await watch(page)
  await page.goto('/my-work')
  const size = `${amounts.tasks} tasks`
  const cold = await openBoard(page)
  await page.goto('/my-work')
  await page.getByRole('link', { name: /Engine/ }).waitFor()
  await longestTask(page)
  const disk = await openBoard(page)
  const warm = { paint: 0, longest: 0 }
  for (let at = 0; at < OPENINGS; at += 1) {
    await page.getByRole('link', { name: 'My work' }).click()
    await page.getByRole('heading', { name: 'My work' }).waitFor()
    await longestTask(page)
    const { paint, longest } = await openBoard(page)
    warm.paint = Math.max(warm.paint, paint)
    warm.longest = Math.max(warm.longest, longest)
  }
  const turns = await scrollColumns(page)
  const scrolling = await longestTask(page)
  await dragCards(page, amounts.drags)
  const dragging = await longestTask(page)
  await context.close()
  const rows = [
    row(`board of ${size}: scrolling, longest task`, scrolling, 'ms', TASK_MS_MAX),
    row(`board of ${size}: dragging, longest task`, dragging, 'ms', TASK_MS_MAX),
    row('opening the board, longest task', warm.longest, 'ms', TASK_MS_MAX),
    row('opening the board, to paint', warm.paint, 'ms'),
    row('the same after a reload, longest task', disk.longest, 'ms', TASK_MS_MAX),
    row('the same after a reload, to paint', disk.paint, 'ms'),
    row('the same, cold, longest task', cold.longest, 'ms', TASK_MS_MAX),
    row('the same, cold, to paint', cold.paint, 'ms'),
  ]
  const notes = [`${turns} turns of the wheel`, `${amounts.drags} cards`, `worst of ${OPENINGS}`]
  for (const [at, note] of notes.entries()) Object.assign(rows[at] ?? {}, { note })
  return rows
}

/** By a click in the side bar, until cards are painted; and the longest task until it is at rest. */
async function openBoard(page: Page): Promise<{ paint: number; longest: number }> {
  const link = page.getByRole('link', { name: /Engine/ })
  await link.hover()
  const cards = 'main [aria-busy="false"] article[data-task]'
  const paint = await clickToPaint(page, () => link.click(), cards, '')
  await page.waitForTimeout(SAVED_MS)
  return { paint, longest: await longestTask(page) }
}

const columns = (page: Page) => page.locator('main section[aria-label] > div.overflow-y-auto')

/** Every column from top to bottom with the wheel, and back to the top. */
async function scrollColumns(page: Page): Promise<number> {
  let turns = 0
  for (const column of await columns(page).all()) {
    await column.scrollIntoViewIfNeeded()
    await column.hover()
    while (await turn(page, column)) turns += 1
    await column.evaluate((element) => element.scrollTo({ top: 0 }))
  }
  return turns
}

/** One turn of the wheel, until it shows; false at the end. */
async function turn(page: Page, column: Locator): Promise<boolean> {
  const before = await column.evaluate((element) => element.scrollTop)
  const isEnd = ({ scrollTop, scrollHeight, clientHeight }: Element) =>
    scrollTop + clientHeight >= scrollHeight - 1
  if (await column.evaluate(isEnd)) return false
  await page.mouse.wheel(0, TURN_PIXELS)
  const element = await column.elementHandle()
  await page.waitForFunction(([scroller, top]) => scroller && scroller.scrollTop !== top, [
    element,
    before,
  ] as const)
  return true
}

/** The second card of one column to the third place of the next, one after the other. */
async function dragCards(page: Page, drags: number): Promise<void> {
  const all = await columns(page).all()
  const places = all.slice(0, 4)
  for (let at = 0; at < drags; at += 1) {
    const [from, to] = [places[at % places.length], places[(at + 1) % places.length]]
    if (!from || !to) throw new Error('the board has no columns')
    await from.scrollIntoViewIfNeeded()
    const moved = from.locator('article[data-task]').nth(1)
    const title = (await moved.locator('p').textContent()) ?? ''
    const target = await to.locator('article[data-task]').nth(2).boundingBox()
    const start = await moved.boundingBox()
    if (!target || !start) throw new Error('the cards are not on the screen')
    await page.mouse.move(start.x + 80, start.y + 12)
    await page.mouse.down()
    await page.mouse.move(target.x + 80, target.y + 16, { steps: 25 })
    await page.mouse.up()
    await card(to, title).first().waitFor()
  }
}
