// Files: what one attaches, the other sees at once, looks at large, and finds again in the channel.

import { expect } from 'vitest'
import { command, get, uploadText } from './people'
import { composer, message } from './screen'
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

story(
  'a dropped file outlives the page, and how a text begins is shown',
  async ({ pair: [li, mia] }) => {
    const page = li.page
    await composer(page).evaluate((area) => {
      const lines = Array.from({ length: 12 }, (_, at) => `line ${at + 1}`)
      const data = new DataTransfer()
      data.items.add(new File([lines.join('\n')], '说明.txt', { type: 'text/plain' }))
      const options = { dataTransfer: data, bubbles: true, cancelable: true }
      area.dispatchEvent(new DragEvent('dragover', options))
      area.dispatchEvent(new DragEvent('drop', options))
    })
    const attached = page.getByRole('list', { name: 'Attached files' })
    await attached.getByRole('button', { name: 'Remove 说明.txt' }).waitFor()
    await composer(page).fill('please read')
    await page.reload()
    await attached.getByRole('button', { name: 'Remove 说明.txt' }).waitFor()
    await composer(page).press('Enter')
    await attached.waitFor({ state: 'detached' })

    const row = message(mia.page, 'please read')
    await row.getByText('line 8').waitFor()
    expect(await row.getByText('line 9').count()).toBe(0)
    await row.getByRole('button', { name: 'Show more' }).click()
    await row.getByText('line 12').waitFor()
    await page.reload()
    await message(page, 'please read')
      .getByRole('link', { name: /说明\.txt/ })
      .first()
      .waitFor()
    expect(await attached.count()).toBe(0)
    expectNoFaults(li, mia)
  },
)

story('an upload is cancelled, and one that failed is tried again', async ({ pair: [li] }) => {
  const page = li.page
  const attached = page.getByRole('list', { name: 'Attached files' })
  const chooser = page.getByRole('main').locator('input[type=file]')
  const text = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('words') })
  const send = page.getByRole('button', { name: 'Send', exact: true })

  // On a slow line one sees how far it has come.
  const line = await li.context.newCDPSession(page)
  const speed = (bytes: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytes,
    })
  await line.send('Network.enable')
  await speed(100_000)
  const large = { name: 'large.bin', mimeType: '', buffer: Buffer.alloc(20_000_000) }
  await chooser.setInputFiles([large])
  const bar = attached.getByRole('progressbar', { name: 'large.bin' })
  const share = () => bar.evaluate((it: HTMLProgressElement) => it.value)
  await expect.poll(share).toBeGreaterThan(0)
  expect(await share()).toBeLessThan(1)
  await attached.getByText(/^Uploading, \d+%$/).waitFor()
  await attached.getByRole('button', { name: 'Cancel upload of large.bin' }).click()
  await attached.waitFor({ state: 'detached' })
  await speed(-1)

  await li.context.route('**/api/v1/files', () => {
    // It never arrives.
  })
  await chooser.setInputFiles([text('slow.txt')])
  await attached.getByRole('button', { name: 'Cancel upload of slow.txt' }).waitFor()
  expect(await send.isDisabled()).toBe(true)
  await attached.getByRole('button', { name: 'Cancel upload of slow.txt' }).click()
  await attached.waitFor({ state: 'detached' })
  await li.context.unroute('**/api/v1/files')

  await li.context.route('**/api/v1/files', (route) => route.abort())
  await chooser.setInputFiles([text('again.txt')])
  await attached
    .getByRole('alert')
    .getByText(/No connection/)
    .waitFor()
  await li.context.unroute('**/api/v1/files')
  await attached.getByRole('button', { name: 'Try again to upload again.txt' }).click()
  await attached.getByRole('button', { name: 'Remove again.txt' }).waitFor()
  await send.click()
  await page
    .getByRole('main')
    .getByRole('link', { name: /again\.txt/ })
    .first()
    .waitFor()
  expectNoFaults(li)
})

story('the files of a channel come a page at a time, each once', async ({ pair: [li] }) => {
  const [channel] = await get<{ id: string }[]>(li, '/channels')
  const names = Array.from({ length: 23 }, (_, at) => `report-${at + 1}.txt`)
  const files: string[] = []
  for (const name of names) files.push(await uploadText(li, name, name))
  for (let at = 0; at < files.length; at += 8) {
    const some = files.slice(at, at + 8)
    await command(li, { type: 'post_message', channel: channel?.id, text: '', files: some })
  }
  await li.page.goto(`/c/${channel?.id}?pane=info`)
  const list = li.page.getByRole('region', { name: 'Files' })
  await list.getByRole('listitem').nth(19).waitFor()
  expect(await list.getByRole('listitem').count()).toBe(20)
  await list.getByRole('button', { name: 'Show more' }).click()
  await list.getByRole('listitem').nth(22).waitFor()
  await list.getByRole('button', { name: 'Show more' }).waitFor({ state: 'detached' })
  const links = await list.getByRole('link', { name: /^report-/ }).allTextContents()
  expect(new Set(links.map((text) => /^report-\d+/.exec(text)?.[0])).size).toBe(23)
  expectNoFaults(li)
})
