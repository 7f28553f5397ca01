// The first load: script that a browser with an empty cache fetches before it shows a channel.

import { gzipSync } from 'node:zlib'
import { firstPaint, watch } from './probe'
import { type Row, row } from './report'
import type { Amounts, Place } from './seed'

const SCRIPT_KB_MAX = 250

export async function measureFirstLoad({ channels, open }: Place, amounts: Amounts) {
  const { page, context } = await open()
  await watch(page)
  await page.goto(`/c/${channels[0]?.id}`, { waitUntil: 'commit' })
  const newest = `${channels[0]?.name} #${amounts.messages}`
  const [frame, talk] = await Promise.all([
    firstPaint(page, 'main', ''),
    firstPaint(page, 'main article[data-message]', newest),
  ])
  const sizes = new Map<string, number>()
  for (const path of await page.evaluate(fetchedBefore, talk)) {
    const body = await (await page.request.get(path)).body()
    sizes.set(path, gzipSync(body, { level: 9 }).length)
  }
  const early = await page.evaluate(fetchedBefore, frame)
  await context.close()
  const kilobytes = (paths: Iterable<string>) =>
    [...paths].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0) / 1024
  const needed: Row = row('first load, gzipped script', kilobytes(early), 'KB', SCRIPT_KB_MAX)
  needed.note = `${early.length} files asked for before the frame of the UI is painted`
  const all: Row = row('the same, until messages are painted', kilobytes(sizes.keys()), 'KB')
  all.note = `${sizes.size} files; menus and the palette come while messages are on their way`
  return [needed, all]
}

/** Later ones are fetched while nothing else is to do. */
function fetchedBefore(moment: number): string[] {
  return performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => name.endsWith('.js') && startTime < moment)
    .map(({ name }) => name)
}
