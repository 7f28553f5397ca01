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
  const shown = await firstPaint(page, 'main article[data-message]', newest)
  const paths = await page.evaluate(fetchedBefore, shown)
  let bytes = 0
  for (const path of paths) {
    const body = await (await page.request.get(path)).body()
    bytes += gzipSync(body, { level: 9 }).length
  }
  await context.close()
  const figure: Row = row('first load, gzipped script', bytes / 1024, 'KB', SCRIPT_KB_MAX)
  figure.note = `${paths.length} files asked for before the messages of a channel are painted`
  return [figure]
}

/** Later ones are fetched while nothing else is to do. */
function fetchedBefore(moment: number): string[] {
  return performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => name.endsWith('.js') && startTime < moment)
    .map(({ name }) => name)
}
