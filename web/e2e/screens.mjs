// Takes a picture of every screen of the demo, in both languages, light and dark, on a desk, a
// tablet and a phone, to be looked at by people; says where something scrolls sideways or is cut
// off. `node e2e/screens.mjs [FOLDER] [WORDS...]`: only pictures whose name has all the words, as
// parts between dashes. What to take is in `screens/`. Never part of the tests.

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { fresh } from './screens/fresh.mjs'
import { gates } from './screens/gate.mjs'
import { people } from './screens/people.mjs'
import { shell } from './screens/shell.mjs'
import { talk } from './screens/talk.mjs'
import { work } from './screens/work.mjs'

const folder = process.argv[2] ?? join(tmpdir(), 'tenon-screens')
const wanted = process.argv.slice(3)
const binary =
  process.env.TENON_BINARY ?? new URL('../../target/debug/tenon', import.meta.url).pathname

async function serve(...options) {
  const data = await mkdtemp(join(tmpdir(), 'tenon-screens-data-'))
  const child = spawn(binary, ['serve', '--data', data, '--listen', '127.0.0.1:0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Tenon is ready: (http:\S+)/.exec(line)?.[1]
    if (!url) continue
    child.stdout.resume()
    const stop = async () => {
      child.kill('SIGKILL')
      await rm(data, { recursive: true, force: true })
    }
    return { url, stop }
  }
  throw new Error('the server did not start')
}

/** What to open, and what to do there before the picture; `on`: only there. */
const screens = { ...talk, ...work, ...people, ...shell }

const DEVICES = { desk: [1440, 900], tablet: [820, 1180], phone: [390, 844] }

const looks = []
for (const language of ['zh-CN', 'en'])
  for (const theme of ['light', 'dark'])
    for (const device of Object.keys(DEVICES)) looks.push({ language, theme, device })

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.TENON_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
const report = []

async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready)
  await page
    .locator('[aria-busy=true]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => {})
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  if (wide) report.push(`${name}: scrolls sideways`)
  for (const words of await page.evaluate(cutOff)) report.push(`${name}: cut off: ${words}`)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

/** In the page: words that do not fit, with nothing that says so. */
function cutOff() {
  const holds = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
  const cut = [...document.body.querySelectorAll('*')].filter((element) => {
    if (!holds(element) || !element.checkVisibility({ visibilityProperty: true })) return false
    const style = getComputedStyle(element)
    const tells = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
    const unseen = element.clientWidth < 2 || style.clip !== 'auto'
    if (tells || unseen || /auto|scroll/.test(style.overflowX)) return false
    return element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline'
  })
  return cut.map((element) => element.textContent.trim().slice(0, 40))
}

/** A context in one look, and its page. */
async function open({ language, theme, device }, look) {
  const [width, height] = DEVICES[device]
  const context = await browser.newContext({
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    viewport: { width, height },
    hasTouch: device !== 'desk',
    isMobile: device !== 'desk',
  })
  context.setDefaultTimeout(20_000)
  await context.addInitScript((name) => localStorage.setItem('tenon.language', name), language)
  const page = await context.newPage()
  page.on('pageerror', (error) => report.push(`${look} ${page.url()}: ${error}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load|ERR_INTERNET/.test(message.text()))
      report.push(`${look} ${page.url()}: ${message.text()}`)
  })
  return { context, page }
}

async function takeAll(page, list, url, known, look) {
  for (const [name, { path, act, after }] of list) {
    try {
      await page.goto(url + path(known))
      await page.locator('main, aside').filter({ visible: true }).first().waitFor()
      await page.waitForLoadState('networkidle')
      if (act) await act(page)
      await picture(page, `${name}-${look}`)
    } catch (error) {
      report.push(`${name}-${look}: ${String(error).split('\n')[0]}`)
    }
    await after?.(page)
  }
}

/** What is known of the demo, to whoever is signed in now. */
async function enter(request, url) {
  const data = { email: 'lin@demo.tenon.example', password: 'tenon-demo' }
  const answer = await request.post(`${url}/api/v1/sessions`, { data })
  if (!answer.ok()) throw new Error(await answer.text())
  const byName = async (path) => {
    const list = await (await request.get(url + path)).json()
    return Object.fromEntries((list.items ?? list).map(({ name, id }) => [name, id]))
  }
  return { channels: await byName('/api/v1/channels'), spaces: await byName('/api/v1/spaces') }
}

/** Each group on a server of its own: what one changes, no other sees. */
async function take(one, list, options, prepare) {
  if (list.length === 0) return
  const look = `${one.language}-${one.theme}-${DEVICES[one.device][0]}`
  const server = await serve(...options)
  // Cookies know no ports: another server needs another context.
  const { context, page } = await open(one, look)
  const known = await prepare(context.request, server.url)
  await takeAll(page, list, server.url, known, look)
  await context.close()
  await server.stop()
}

for (const one of looks) {
  const { language, theme, device } = one
  const look = [language, theme, `${DEVICES[device][0]}`]
  const isChosen = (name) => wanted.every((word) => word === name || look.includes(word))
  const chosen = (list) =>
    Object.entries(list).filter(([name, { on }]) => isChosen(name) && (!on || on === device))
  await take(one, chosen(gates.empty), [], () => ({}))
  await take(one, chosen(gates.demo), ['--demo'], gates.prepare)
  await take(one, chosen(screens), ['--demo'], enter)
  await take(one, chosen(fresh.screens), [], fresh.found)
}
await browser.close()
console.log(report.length > 0 ? [...new Set(report)].join('\n') : 'Nothing to report.')
