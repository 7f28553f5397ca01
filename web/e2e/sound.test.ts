// When a notification makes a sound, and when it is silent, though the inbox keeps it; and that the
// reader learns why.

import { expect } from 'vitest'
import { command, get } from './people'
import { say, why } from './screen'
import { expectNoFaults, story } from './stage'

declare global {
  interface Window {
    /** How many notes the page has played. */
    notes: number
  }
}

/** Notes of one sound. */
const SOUND = 2

function countNotes(): void {
  window.notes = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (when) {
    window.notes++
    return start.call(this, when)
  }
}

// What must be silent is followed by what sounds: then its time has passed.
story('a notification sounds unless one wants quiet', async ({ pair: [li, mia] }) => {
  const { page } = mia
  await page.addInitScript(countNotes)
  await page.goto('/settings/notifications')
  const unread = (count: number) =>
    page.getByRole('link', { name: new RegExp(`^Inbox.*\\b${count} unread`) }).waitFor()
  const sounds = (count: number) =>
    expect.poll(() => page.evaluate(() => window.notes)).toBe(count * SOUND)
  await page.getByRole('button', { name: 'For 1 hour' }).waitFor()
  await say(li.page, '@Mia 一')
  await sounds(1)

  await page.getByRole('button', { name: 'For 1 hour' }).click()
  await page.getByText(/^Quiet until/).waitFor()
  await say(li.page, '@Mia 勿扰时')
  await unread(2)
  await page.getByRole('button', { name: 'End now' }).click()
  await page.getByText(/^Quiet until/).waitFor({ state: 'detached' })
  await say(li.page, '@Mia 二')
  await sounds(2)

  await page.getByRole('switch', { name: 'Play a short sound' }).click()
  await say(li.page, '@Mia 关了声音')
  await unread(4)
  await page.getByRole('switch', { name: 'Play a short sound' }).click()
  await say(li.page, '@Mia 三')
  await sounds(3)

  // All of the channel, then muted: only who is mentioned hears it.
  const [channel] = await get<{ id: string }[]>(mia, '/channels')
  const set = (changes: object) =>
    command(mia, { type: 'change_channel_setting', channel: channel?.id, ...changes })
  await set({ level: 'all', muted: false })
  await say(li.page, '大家好')
  await sounds(4)
  await set({ level: 'all', muted: true })
  await say(li.page, '@channel 静音时')
  await say(li.page, '@Mia 四')
  await sounds(5)

  await page.getByRole('link', { name: /^Public channel general/ }).click()
  await why(page, '静音时', 'You muted this channel. Only messages that mention you get through.')
  await why(page, '@Mia 四', 'The message mentions you.')
  expectNoFaults(li, mia)
})
