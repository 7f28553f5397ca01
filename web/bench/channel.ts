// Switching channels by a click in the side bar, until the newest message of the other is painted:
// from memory, from disk after a reload, and from the server with an empty replica.

import type { Page } from 'playwright-core'
import { clickToPaint, spotOf, watch } from './probe'
import { quantile, type Row, row } from './report'
import type { Amounts, Place } from './seed'

const PAINT_MS_MAX = 50

export async function measureChannels(place: Place, amounts: Amounts): Promise<Row[]> {
  const { page, context } = await place.open()
  await watch(page)
  const rounds = Math.max(1, Math.ceil(amounts.switches / place.channels.length))
  const times: Record<'memory' | 'disk' | 'server', number[]> = { memory: [], disk: [], server: [] }
  for (let round = 0; round < rounds; round += 1) {
    // Signed in with an empty replica.
    await page.goto('/my-work')
    await page.getByRole('link', { name: place.channels[0]?.name ?? '' }).waitFor()
    await page.evaluate(forget)
    await page.goto('/my-work')
    times.server.push(...(await visitAll(page, place, amounts)))
    times.memory.push(...(await visitAll(page, place, amounts)))
    await page.goto('/my-work')
    times.disk.push(...(await visitAll(page, place, amounts)))
  }
  await context.close()
  const most = { memory: PAINT_MS_MAX, disk: PAINT_MS_MAX, server: undefined }
  const words = {
    memory: 'channel switch',
    disk: 'the same after a reload',
    server: 'the same, cold',
  }
  return (['memory', 'disk', 'server'] as const).flatMap((from) => {
    const [middle, most95] = [0.5, 0.95].map((share) => quantile(times[from], share))
    const rows = [
      row(`${words[from]}, p50`, middle ?? 0, 'ms', most[from]),
      row(`${words[from]}, p95`, most95 ?? 0, 'ms', most[from]),
    ]
    for (const each of rows) each.note = `${times[from].length} clicks; replica from ${from}`
    return rows
  })
}

/** Clicks through all channels; each was left some clicks ago, and is scrolled to its end. */
async function visitAll(page: Page, { channels }: Place, { messages }: Amounts) {
  const times: number[] = []
  for (const { name } of channels) {
    const link = page.getByRole('link', { name })
    // Scrolls to it, and again if the side bar is drawn anew meanwhile.
    await link.hover({ trial: true })
    const spot = await spotOf(link)
    const newest = `${name} #${messages}`
    times.push(await clickToPaint(page, spot, 'main article[data-message]', newest))
  }
  return times
}

async function forget(): Promise<void> {
  for (const { name } of await indexedDB.databases()) {
    // The page has it open and lets it go when asked.
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name ?? '').onsuccess = resolve
    })
  }
}
