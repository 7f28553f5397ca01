// Files: what one attaches, the other sees at once, looks at large, and finds again in the channel.

import { expect } from 'vitest'
import { composer } from './screen'
import { expectNoFaults, story } from './stage'

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)

story(
  'pictures and a text are attached, seen by the other, looked at large and found again',
  async ({ pair: [li, mia] }) => {
    const page = li.page
    const chooser = page.getByRole('main').locator('input[type=file]')
    await chooser.setInputFiles([
      { name: '首页.png', mimeType: 'image/png', buffer: PIXEL },
      { name: 'detail.png', mimeType: 'image/png', buffer: PIXEL },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('一切正常\n') },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
    ])
    const attached = page.getByRole('list', { name: 'Attached files' })
    await attached.getByText('The file is empty.').waitFor()
    await attached.getByRole('button', { name: 'Remove empty.txt' }).click()
    await attached.getByRole('button', { name: 'Remove notes.txt' }).waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await attached.waitFor({ state: 'detached' })

    const other = mia.page
    await other
      .getByRole('link', { name: /notes\.txt/ })
      .first()
      .waitFor()
    await other.getByRole('button', { name: 'Show 首页.png' }).click()
    const large = other.getByRole('dialog', { name: '首页.png' })
    await large.getByText('1 of 2').waitFor()
    await other.keyboard.press('ArrowRight')
    await other.getByRole('dialog', { name: 'detail.png' }).getByText('2 of 2').waitFor()
    await other.keyboard.press('Escape')
    await other.getByRole('dialog').waitFor({ state: 'detached' })

    await other.goto(`${other.url().split('?')[0]}?pane=info`)
    const files = other.getByRole('region', { name: 'Files' })
    await files.getByText('detail.png').waitFor()
    expect(await files.getByRole('listitem').count()).toBe(3)

    await composer(page).focus()
    await composer(page).evaluate((area) => {
      const data = new DataTransfer()
      data.items.add(new File(['pasted'], 'pasted.log', { type: '' }))
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    })
    await attached.getByRole('button', { name: 'Remove pasted.log' }).waitFor()
    await composer(page).fill('the log')
    await composer(page).press('Enter')
    await other.getByRole('main').getByText('pasted.log').first().waitFor()
    expectNoFaults(li, mia)
  },
)
