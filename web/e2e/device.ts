// What a page keeps on the device: the files of its build, and its conversations.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Until the files of the build and the message are on the device. */
export async function kept(page: Page, words: string): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await expect.poll(() => page.evaluate(readWindows), { timeout: 30_000 }).toContain(words)
}

/** The conversations on the disk of the page, as text. */
async function readWindows(): Promise<string> {
  const [database] = await indexedDB.databases()
  const opening = indexedDB.open(database?.name ?? '')
  return new Promise((resolve) => {
    opening.onsuccess = () => {
      const reading = opening.result.transaction('windows').objectStore('windows').getAll()
      reading.onsuccess = () => {
        opening.result.close()
        resolve(JSON.stringify(reading.result))
      }
    }
  })
}
