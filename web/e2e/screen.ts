// What people see and touch, by its names: the parts of the screen that several stories use.

import type { Locator, Page } from 'playwright-core'
import { PASSWORD, type Person } from './people'

/** The box that messages are written in. */
export const composer = (page: Page): Locator =>
  page.getByRole('main').getByRole('textbox', { name: /^(Message |发消息|发送)/ })

/** The row of a message in the channel, by its words. */
export const message = (page: Page, words: string): Locator =>
  page.getByRole('main').locator('article[data-message]', { hasText: words })

export const pane = (page: Page): Locator => page.getByRole('complementary').last()

/** A column of the board. */
export const column = (page: Page, state: string): Locator =>
  page.getByRole('region', { name: new RegExp(`^${state}, `) })

export const card = (within: Page | Locator, words: string): Locator =>
  within.locator('article[data-task]', { hasText: words })

/** The card that has the focus. */
export const focused = (within: Locator): Locator => within.locator('article[data-task]:focus')

/** Writes a message and sees it confirmed. */
export async function say(page: Page, words: string): Promise<void> {
  await composer(page).fill(words)
  await composer(page).press('Enter')
  await delivered(page, words)
}

/** Waits until the message is there and nothing says that it is on its way. */
export async function delivered(page: Page, words: string): Promise<void> {
  await message(page, words).waitFor()
  await message(page, words).getByRole('img', { name: 'Sending' }).waitFor({ state: 'detached' })
}

export async function fillPerson({ page }: Person, name: string, email: string): Promise<void> {
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
}

/** Reads, of a message, why one was or was not notified. */
export async function why(page: Page, words: string, sentence: string): Promise<void> {
  await message(page, words).hover()
  await message(page, words).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Why was I (not) notified?' }).click()
  await page.getByRole('dialog').getByText(sentence).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** One pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Gives the workspace a logo, in the settings. */
export async function chooseLogo(page: Page): Promise<void> {
  await page.goto('/settings/workspace')
  await page
    .getByLabel('Logo', { exact: true })
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PNG })
  await page.getByRole('button', { name: 'Remove' }).waitFor()
}
