// What is not a picture: a clip plays, a sound plays, a document opens, in the page that has them;
// what the workspace does not take is said before it is sent; a link opens a file without signing
// in.

import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { command } from './people'
import { composer, message } from './screen'
import { expectNoFaults, deviceStory as story } from './stage'

const attached = (page: Page) => page.getByRole('list', { name: 'Attached files' })
const chooser = (page: Page) => page.getByRole('main').locator('input[type=file]')

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)

/** A quarter of a second of a tone: WAV, 8 bits, 8 kHz. */
function tone(): Buffer {
  const samples = Buffer.from(
    Uint8Array.from({ length: 2000 }, (_, at) => 128 + 60 * Math.sin(at / 3)),
  )
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

/** One empty page. */
function paper(): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj${object}endobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const at = text.length
  text += `xref\n0 4\n0000000000 65535 f \n${places.join('')}trailer<</Size 4/Root 1 0 R>>\n`
  return Buffer.from(`${text}startxref\n${at}\n%%EOF\n`)
}

/** A square that changes its colour: WebM, as this browser records it. */
async function clip(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 64
    canvas.height = 64
    const pen = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' })
    const pieces: Blob[] = []
    recorder.ondataavailable = ({ data }) => pieces.push(data)
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve
    })
    recorder.start()
    for (let frame = 0; frame < 15; frame += 1) {
      if (pen) pen.fillStyle = `hsl(${frame * 24} 80% 50%)`
      pen?.fillRect(0, 0, 64, 64)
      await new Promise(requestAnimationFrame)
    }
    recorder.stop()
    await stopped
    return [...new Uint8Array(await new Blob(pieces).arrayBuffer())]
  })
  return Buffer.from(bytes)
}

/** Plays it until something of it was played. */
async function played(media: Locator): Promise<void> {
  await media.evaluate(async (element: HTMLMediaElement) => {
    element.muted = true
    await element.play()
  })
  const time = () => media.evaluate((element: HTMLMediaElement) => element.currentTime)
  await expect.poll(time).toBeGreaterThan(0)
}

const PDF_ADDRESS = /\/api\/v1\/files\/[^/]+$/

story('a clip and a sound play, and a document opens', async ({ pair: [li, mia] }) => {
  const page = li.page
  await chooser(page).setInputFiles([
    { name: 'clip.webm', mimeType: 'video/webm', buffer: await clip(page) },
    { name: 'tone.wav', mimeType: 'audio/wav', buffer: tone() },
    { name: 'paper.pdf', mimeType: 'application/pdf', buffer: paper() },
  ])
  for (const name of ['clip.webm', 'tone.wav', 'paper.pdf']) {
    await attached(page)
      .getByRole('button', { name: `Remove ${name}` })
      .waitFor()
  }
  await composer(page).fill('看看')
  await composer(page).press('Enter')

  const row = message(mia.page, '看看')
  await row.getByText('clip.webm').waitFor()
  await played(row.locator('video'))
  const size = row.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth)
  expect(await size).toBe(64)
  await played(row.locator('audio'))
  const link = row.getByRole('link', { name: /paper\.pdf/ }).first()
  await link.click()
  const viewer = mia.page.getByRole('dialog', { name: 'paper.pdf' })
  const frame = await viewer.locator('iframe').elementHandle()
  await expect.poll(async () => (await frame?.contentFrame())?.url()).toMatch(PDF_ADDRESS)
  await viewer.getByRole('button', { name: 'Close' }).click()
  await viewer.waitFor({ state: 'detached' })
  const [paged] = await Promise.all([
    mia.context.waitForEvent('page'),
    link.click({ modifiers: ['ControlOrMeta'] }),
  ])
  await paged.waitForLoadState()
  expect(paged.url()).toMatch(PDF_ADDRESS)
  expect(await paged.evaluate(() => document.contentType)).toBe('application/pdf')
  await paged.close()
  expectNoFaults(li, mia)
})

story('what is not taken is said before it is sent', async ({ pair: [li, mia] }) => {
  const admin = li.page
  await admin.goto('/settings/limits')
  const part = admin.locator('section', {
    has: admin.getByRole('heading', { name: 'Types of files' }),
  })
  await part.getByLabel('Types', { exact: true }).fill('exe, a b?')
  await part.getByRole('button', { name: 'Save' }).click()
  await part.getByText(/Write endings like exe/).waitFor()
  await part.getByLabel('Types', { exact: true }).fill('*.EXE .bat；video/*')
  await part.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(() => part.getByLabel('Types', { exact: true }).inputValue())
    .toBe('bat, exe, video/*')

  const page = mia.page
  let sent = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/v1/files')) sent += 1
  })
  await composer(page).fill('请看附件')
  await chooser(page).setInputFiles([
    { name: '工具.pdf.EXE', mimeType: '', buffer: Buffer.from('MZ') },
  ])
  const alert = attached(page).getByRole('alert')
  await alert.getByText('exe files are not taken here. Not taken: bat, exe').waitFor()
  expect(sent).toBe(0)
  expect(
    await attached(page)
      .getByRole('button', { name: /Try again/ })
      .count(),
  ).toBe(0)
  expect(await composer(page).inputValue()).toBe('请看附件')
  await attached(page).getByRole('button', { name: 'Remove 工具.pdf.EXE' }).click()
  // Four gigabytes, as far as the page is told.
  await composer(page).evaluate((area) => {
    const file = new File(['x'], 'disk.img', { type: '' })
    Object.defineProperty(file, 'size', { value: 4 * 1024 ** 3 })
    const dataTransfer = { types: ['Files'], files: [file], items: [], dropEffect: 'copy' }
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    area.dispatchEvent(Object.assign(drop, { dataTransfer }))
  })
  await alert.getByText(/^Too large: at most \d+ MB\.$/).waitFor()
  expect(sent).toBe(0)
  await attached(page).getByRole('button', { name: 'Remove disk.img' }).click()
  // The server looks at what is in it.
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(10_000)])
  await chooser(page).setInputFiles([
    { name: 'report.pdf', mimeType: 'application/pdf', buffer: program },
  ])
  await alert.getByText(/What is in the file is of a type that is not taken here/).waitFor()
  await attached(page).getByRole('button', { name: 'Remove report.pdf' }).click()
  await composer(page).press('Enter')
  await message(page, '请看附件').waitFor()
  // The refusal of the upload is in the console of the one who tried it.
  expect(mia.faults.filter((fault) => !fault.includes('422'))).toEqual([])
  expectNoFaults(li)
})

story('a temporary link opens a file without signing in', async ({ browser, pair: [li, mia] }) => {
  const page = li.page
  const { origin } = new URL(page.url())
  await li.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  await chooser(page).setInputFiles([
    { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('一小时') },
    { name: '图.png', mimeType: 'image/png', buffer: PIXEL },
  ])
  await attached(page).getByRole('button', { name: 'Remove 图.png' }).waitFor()
  await attached(page).getByRole('button', { name: 'Remove 说明.txt' }).waitFor()
  await composer(page).fill('给外面的人')
  await composer(page).press('Enter')
  const row = message(page, '给外面的人')
  await row.getByRole('button', { name: 'More for 说明.txt' }).click()
  await page.getByRole('menuitem', { name: 'Copy temporary link' }).click()
  await page.getByText(/opens for one hour/).waitFor()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link.startsWith(`${origin}/api/v1/file-links/`)).toBe(true)

  const stranger = await browser.newContext()
  const fetched = await stranger.request.get(link)
  expect([fetched.status(), await fetched.text()]).toEqual([200, '一小时'])
  await row.getByRole('button', { name: 'Show 图.png' }).click()
  const large = page.getByRole('dialog', { name: '图.png' })
  await large.getByRole('button', { name: 'Copy temporary link' }).click()
  await large.getByText(/opens for one hour/).waitFor()
  const picture = await page.evaluate(() => navigator.clipboard.readText())
  expect(await (await stranger.request.get(picture)).body()).toEqual(PIXEL)
  await page.keyboard.press('Escape')
  await message(mia.page, '给外面的人').waitFor()
  const id = await row.getAttribute('data-message')
  await command(li, { type: 'delete_message', message: id })
  expect((await stranger.request.get(link)).status()).toBe(404)
  await stranger.close()
  expectNoFaults(li, mia)
})

story('a scheduled message keeps its files', async ({ pair: [li, mia] }) => {
  const page = li.page
  const main = page.getByRole('main')
  const rows = main.getByRole('listitem')
  await chooser(page).setInputFiles([
    { name: '草稿.txt', mimeType: 'text/plain', buffer: Buffer.from('还没写完') },
    { name: '周报.txt', mimeType: 'text/plain', buffer: Buffer.from('一切正常') },
  ])
  for (const name of ['草稿', '周报']) {
    await attached(page)
      .getByRole('button', { name: `Remove ${name}.txt` })
      .waitFor()
  }
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('menuitem', { name: /Monday morning/ }).click()
  await page.getByText(/Will be sent/).waitFor()
  await attached(page).waitFor({ state: 'detached' })

  await page.goto('/drafts/scheduled')
  await rows.getByText('草稿.txt, 周报.txt').waitFor()
  // One of them is taken off it; the last one stays, as there are no words.
  await rows.getByRole('button').first().click()
  const dialog = page.getByRole('dialog', { name: 'Edit message' })
  await dialog.getByRole('button', { name: 'Remove 周报.txt' }).click()
  await dialog.getByRole('button', { name: 'Remove 草稿.txt' }).click()
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await rows.getByRole('button').first().click()
  await dialog.getByRole('button', { name: 'Remove 草稿.txt' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await rows.getByText('草稿.txt').waitFor({ state: 'detached' })
  await rows.getByText('周报.txt').waitFor()
  // Taken back it is a draft again, and sent later once more.
  await rows.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Cancel and keep as draft' }).click()
  await main.getByText('Nothing scheduled').waitFor()
  await page.getByRole('link', { name: /general/ }).click()
  await attached(page).getByRole('button', { name: 'Remove 周报.txt' }).waitFor()
  await page.getByRole('button', { name: 'Send later' }).click()
  await page.getByRole('menuitem', { name: /Monday morning/ }).click()
  await attached(page).waitFor({ state: 'detached' })
  await page.goto('/drafts/scheduled')
  await rows.getByRole('button', { name: 'Send now' }).click()
  const file = mia.page.getByRole('main').getByRole('link', { name: /周报\.txt/ })
  await file.first().waitFor()
  expectNoFaults(li, mia)
})
