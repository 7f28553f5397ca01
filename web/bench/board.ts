// A board of many tasks: opening it, scrolling every column through, dragging cards. What counts
// is the longest task of the page's main thread, as Chromium reports them (over 50 ms).

import type { ElementHandle, Page } from 'playwright-core'
import { clickToPaint, longestTask, spotOf, watch } from './probe'
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
  const disk = await openBoard(page)
  const warm = { paint: 0, longest: 0 }
  for (let at = 0; at < OPENINGS; at += 1) {
    await page.getByRole('link', { name: 'My work' }).click()
    await page.getByRole('heading', { name: 'My work' }).waitFor()
    const { paint, longest } = await openBoard(page)
    warm.paint = Math.max(warm.paint, paint)
    warm.longest = Math.max(warm.longest, longest)
  }
  const { turns, longest: scrolling } = await scrollColumns(page)
  const dragging = await dragCards(page, amounts.drags)
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

/** By a click in the side bar, until cards are painted; the longest task until it is at rest. */
async function openBoard(page: Page): Promise<{ paint: number; longest: number }> {
  const spot = await spotOf(page.getByRole('link', { name: /Engine/ }))
  const cards = 'main [aria-busy="false"] article[data-task]'
  const paint = await clickToPaint(page, spot, cards, '')
  await page.waitForTimeout(SAVED_MS)
  return { paint, longest: await longestTask(page) }
}

/** The scrolling part of each column, as handles: finding them again would be work for the page. */
async function columnsOf(page: Page): Promise<ElementHandle<Element>[]> {
  return page.locator('main section[aria-label] > div.overflow-y-auto').elementHandles() as never
}

async function middleOf(element: ElementHandle<Element>): Promise<{ x: number; y: number }> {
  await element.scrollIntoViewIfNeeded()
  const box = await element.boundingBox()
  if (!box) throw new Error('a column is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Every column from top to bottom with the wheel, and back to the top. */
async function scrollColumns(page: Page): Promise<{ turns: number; longest: number }> {
  const columns = await columnsOf(page)
  let turns = 0
  let longest = 0
  for (const column of columns) {
    const { x, y } = await middleOf(column)
    await page.mouse.move(x, y)
    await longestTask(page)
    while (await turn(page, column)) turns += 1
    longest = Math.max(longest, await longestTask(page))
    await column.evaluate((element) => element.scrollTo({ top: 0 }))
  }
  return { turns, longest }
}

/** One turn of the wheel, until it shows; false at the end. */
async function turn(page: Page, column: ElementHandle<Element>): Promise<boolean> {
  const { top, isEnd } = await column.evaluate((element) => ({
    top: element.scrollTop,
    isEnd: element.scrollTop + element.clientHeight >= element.scrollHeight - 1,
  }))
  if (isEnd) return false
  await page.mouse.wheel(0, TURN_PIXELS)
  await page.waitForFunction(([scroller, before]) => scroller.scrollTop !== before, [
    column,
    top,
  ] as const)
  return true
}

/** The second card of one column to the third place of the next, one after the other. */
async function dragCards(page: Page, drags: number): Promise<number> {
  const columns = (await columnsOf(page)).slice(0, 4)
  let longest = 0
  for (let at = 0; at < drags; at += 1) {
    const [from, to] = [columns[at % columns.length], columns[(at + 1) % columns.length]]
    if (!from || !to) throw new Error('the board has no columns')
    await middleOf(from)
    const moved = (await from.$$('article[data-task]'))[1]
    const task = await moved?.getAttribute('data-task')
    const start = await moved?.boundingBox()
    const target = await (await to.$$('article[data-task]'))[2]?.boundingBox()
    if (!target || !start) throw new Error('the cards are not on the screen')
    await longestTask(page)
    await page.mouse.move(start.x + 80, start.y + 12)
    await page.mouse.down()
    await page.mouse.move(target.x + 80, target.y + 16, { steps: 25 })
    await page.mouse.up()
    await page.waitForFunction(
      ([column, id]) => column.querySelector(`[data-task="${id}"]`) !== null,
      [to, task] as const,
    )
    longest = Math.max(longest, await longestTask(page))
  }
  return longest
}
