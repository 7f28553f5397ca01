// Search: in Chinese and English, from the palette to the message in its place.

import { expect } from 'vitest'
import { get } from './people'
import { message, say } from './screen'
import { expectNoFaults, story } from './stage'

story('a file is found by its name, and opened where it was sent', async ({ pair: [li, mia] }) => {
  const chooser = mia.page.getByRole('main').locator('input[type=file]')
  await chooser.setInputFiles([
    { name: 'Q3-预算.csv', mimeType: 'text/csv', buffer: Buffer.from('1,2\n') },
  ])
  await mia.page.getByRole('button', { name: 'Remove Q3-预算.csv' }).waitFor()
  await mia.page.getByRole('button', { name: 'Send', exact: true }).click()
  const { page } = li
  await page
    .getByRole('link', { name: /Q3-预算/ })
    .first()
    .waitFor()
  const results = page.getByRole('list', { name: 'Results' })
  await expect
    .poll(async () => {
      await page.goto('/search?q=预算&type=file')
      await page.locator('[data-result], .late').first().waitFor()
      return results.locator('mark', { hasText: '预算' }).count()
    })
    .toBe(1)
  await page.getByRole('tab', { name: 'Files', selected: true }).waitFor()
  await results.getByText('Mia').waitFor()
  await results.locator('[data-result]').click()
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Q3-预算/ })
    .waitFor()
  expect(page.url()).toContain('/c/')
  expectNoFaults(li, mia)
})

story('what was said is found in both languages', async ({ pair: [li, mia] }) => {
  const { page } = li
  await say(mia.page, '我家在上海东边，我們討論過')
  await say(mia.page, 'The deployment failed twice')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Command palette' }).fill('上海')
  await page.getByRole('option', { name: /Search for “上海”/ }).click()
  const results = page.getByRole('list', { name: 'Results' })
  // The index follows within a second; asking again is what a reader does.
  await expect
    .poll(async () => {
      await page.reload()
      await page.getByRole('tab', { name: 'Messages' }).waitFor()
      await page.locator('[data-result], .late').first().waitFor()
      return results.locator('mark', { hasText: '上海' }).count()
    })
    .toBe(1)
  expect(new URL(page.url()).searchParams.get('q')).toBe('上海')
  const box = page.getByRole('combobox', { name: 'Search messages, tasks, files and people' })
  await box.fill('讨论')
  await results.locator('mark', { hasText: '討論' }).waitFor()
  const [channel] = await get<{ name: string }[]>(li, '/channels')
  await box.fill(`deploy 在：${channel?.name} `)
  await results.locator('mark', { hasText: 'deployment' }).waitFor()
  // From the empty page a filter is begun, and completed in the box.
  await box.fill('')
  await page.getByRole('button', { name: /^has:/ }).click()
  expect(await box.inputValue()).toBe('has:')
  await page.getByRole('option', { name: /has:file/ }).waitFor()
  await box.fill('来')
  await page.getByRole('option', { name: /^from:/ }).waitFor()
  await box.fill('deploy from:mi')
  await page.getByRole('option', { name: /Mia/ }).click()
  await results.locator('mark', { hasText: 'deployment' }).waitFor()
  await box.press('Escape')
  await box.press('ArrowDown')
  await page.keyboard.press('Enter')
  await message(page, 'The deployment failed twice').waitFor()
  expect(page.url()).toContain('/c/')
  expectNoFaults(li, mia)
})
