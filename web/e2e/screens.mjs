// Takes a picture of every screen of the demo, in both languages, light and dark, wide and narrow,
// to be looked at by people. `node e2e/screens.mjs [FOLDER] [WORDS...]`: only pictures whose name
// has all the words. Never part of the tests.

import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

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

/** In the page: another device writes where this one does. */
async function otherWords() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const { items } = await (await fetch('/api/v1/drafts')).json()
  const [{ home, revision }] = items
  await fetch(`/api/v1/drafts/${home}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
    body: JSON.stringify({ text: '周报：在手机上写的开头', base: revision }),
  })
}

/** In the page: what is sent can be taken back. */
async function holdMessages() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const preferences = { sound: true, browser: true, undo_send_s: 10 }
  await fetch('/api/v1/preferences', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
    body: JSON.stringify(preferences),
  })
}

/** In the page: two messages for later. */
async function scheduleSome() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const channel = location.pathname.split('/')[2]
  for (const [text, at] of [
    ['各位早，**班表**今天中午定稿，有调整请在十一点前说。', '2027-01-04T01:00:00Z'],
    ['提醒：周五盘点，提前半小时到店。', '2027-01-08T00:30:00Z'],
  ]) {
    await fetch('/api/v1/scheduled', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
      body: JSON.stringify({ channel, text, at }),
    })
  }
}

/** In the page: the space follows a department. */
async function followDepartments() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const { items } = await (await fetch('/api/v1/groups')).json()
  const { id } = items.find(({ name }) => name === '研发部')
  const space = location.pathname.split('/')[2]
  await fetch(`/api/v1/spaces/${space}/groups/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
    body: '{}',
  })
}

/** What to open, and what to do there before the picture. */

const screens = {
  channel: { path: ({ channels }) => `/c/${channels.产品}` },
  dev: { path: ({ channels }) => `/c/${channels.dev}` },
  support: { path: ({ channels }) => `/c/${channels.客服}` },
  cards: { path: ({ channels }) => `/c/${channels.研发动态}` },
  thread: {
    path: ({ channels }) => `/c/${channels.dev}`,
    act: async (page) => {
      await page
        .locator('article[data-message]', { hasText: 'local.in_tz' })
        .locator('button', { hasText: /回复|repl/ })
        .click()
      await page.getByText('New Zealand').or(page.getByText('ENG-7')).first().waitFor()
    },
  },
  acknowledgement: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const ask = page.getByRole('button', { name: /^(Ask for acknowledgement|请求确认收到)$/ })
      const box = page.getByRole('main').getByRole('textbox')
      await ask.click()
      await box.fill('周五 22:00 停机维护，请提前保存 🙏')
      await box.press('Enter')
      await ask.click()
      await page
        .getByRole('button', { name: /0 of|0\/\d+ 人/ })
        .last()
        .click()
      await page.getByRole('dialog').waitFor()
    },
  },
  answer: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      await page.locator('article[data-message]', { hasText: '打印出来' }).focus()
      await page.keyboard.press('q')
      await box.fill('贴二维码就行，扫出来总是最新的。')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      await page.locator('article[data-message]', { hasText: '最新的' }).first().waitFor()
      await page.locator('article[data-message]', { hasText: '打印出来' }).first().focus()
      await page.keyboard.press('q')
    },
  },
  forward: {
    path: ({ channels }) => `/c/${channels.招聘}`,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus()
      await page.keyboard.press('f')
      await page.getByRole('dialog').getByRole('radio').first().check({ force: true })
      await page.getByRole('dialog').getByRole('status').waitFor()
    },
  },
  readers: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      await box.fill('今天五点前把反馈给我')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      const row = page.locator('article[data-message]', { hasText: '五点前' }).last()
      await row.hover()
      await row.getByRole('button', { name: /^(Who has read it|已读情况)$/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  threads: { path: () => '/threads' },
  drafts: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      const put = page.waitForResponse(/drafts\/channel/)
      await box.fill('**周报**：本周完成了导出，下周开始做打印。还差两张截图。')
      await put
      await page.goto(new URL('/drafts', page.url()).href)
      await page.getByRole('main').getByRole('listitem').first().waitFor()
    },
  },
  scheduled: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.evaluate(scheduleSome)
      await page.goto(new URL('/drafts/scheduled', page.url()).href)
      await page.getByRole('main').getByRole('listitem').first().waitFor()
    },
  },
  undo_send: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.evaluate(holdMessages)
      const box = page.getByRole('main').getByRole('textbox')
      await box.fill('班表我下午三点前发出来')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      await page
        .getByRole('main')
        .getByRole('button', { name: /^(Undo|撤销)$/ })
        .waitFor()
    },
  },
  send_later: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      await box.fill('明早九点前请确认班表')
      await page.getByRole('button', { name: /^(Send later|定时发送)$/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  set_aside: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      const put = page.waitForResponse(/drafts\/channel/)
      await box.fill('周报：本周完成了导出，下周开始做打印。')
      await put
      await page.evaluate(otherWords)
      await box.fill('周报：本周完成了导出，下周开始做打印。还差两张截图。')
      await page.getByRole('region', { name: /another device|另一台设备/ }).waitFor()
    },
  },
  task: { path: ({ channels }) => `/c/${channels.dev}?pane=task:ENG-1` },
  taskfull: { path: () => '/t/ENG-6' },
  board: { path: () => '/p/ENG/board' },
  launch: { path: () => '/p/LAUNCH/board' },
  list: { path: () => '/p/ENG/list' },
  archive: { path: () => '/p/ENG/board', act: (page) => putAside(page, '/p/ENG/archive') },
  trash: { path: () => '/p/ENG/board', act: (page) => putAside(page, '/p/ENG/trash') },
  trash_empty: { path: () => '/p/LAUNCH/trash' },
  task_archived: {
    path: () => '/p/ENG/board',
    act: (page) => putAside(page, ({ archived }) => `/p/ENG/board?pane=task:${archived}`),
  },
  taskfull_archived: {
    path: () => '/p/ENG/board',
    act: (page) => putAside(page, ({ archived }) => `/t/${archived}`),
  },
  task_deleted: {
    path: () => '/p/ENG/board',
    act: (page) => putAside(page, ({ deleted }) => `/p/ENG/board?pane=task:${deleted}`),
  },
  card_menu: {
    path: () => '/p/ENG/board',
    act: async (page) => {
      await page.locator('article[data-task]').first().focus()
      await page.keyboard.press('Shift+F10')
      await page.getByRole('menu').waitFor()
    },
  },
  query_board: { path: () => '/p/ENG/board?query=priority%20%3E%3D%20medium' },
  query_chips: {
    path: () => '/p/ENG/list?query=label+IN+(bug,mobile)+AND+(priority+%3E+low)+ORDER+BY+due',
  },
  query_none: { path: () => '/p/ENG/list?query=due%20%3E%20%222040-01-01%22' },
  query_mine: { path: () => '/my-work?query=priority%20%3E%3D%20medium' },
  query_fault: {
    path: () => '/p/ENG/list?query=owner%20%3D%20li%20AND%20due%20%3C%20now()',
    act: (page) => page.getByRole('alert').waitFor(),
  },
  query_field: {
    path: () => '/p/ENG/list',
    act: async (page) => {
      const field = page.getByRole('combobox', { name: /^(Filter|筛选)/ })
      await field.click()
      await page.getByRole('listbox').waitFor()
    },
  },
  query_people: {
    path: () => '/p/ENG/board',
    act: async (page) => {
      const field = page.getByRole('combobox', { name: /^(Filter|筛选)/ })
      await field.pressSequentially('assignee = l')
      await page.getByRole('listbox').waitFor()
    },
  },
  inbox: { path: () => '/inbox' },
  inbox_beside: {
    path: () => '/inbox',
    act: async (page) => {
      await page.getByRole('main').locator('[data-row]').first().click()
      await page.getByRole('complementary').last().waitFor()
    },
  },
  inbox_why: {
    path: () => '/inbox',
    act: async (page) => {
      await page.keyboard.press('j')
      await page.keyboard.press('w')
      await page.getByRole('dialog').waitFor()
    },
  },
  mywork: { path: () => '/my-work' },
  spaces: { path: () => '/spaces' },
  space: { path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}` },
  space_new: {
    path: () => '/spaces',
    act: async (page) => {
      await page.getByRole('button', { name: /New space|新建空间/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  space_edit: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.getByRole('button', { name: /Menu of the space|空间菜单/ }).click()
      await page.getByRole('menuitem', { name: /Edit space|编辑空间/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  space_channel: {
    path: ({ channels }) => `/c/${channels.launch}`,
    act: async (page) => {
      await page.getByRole('button', { name: /Channel menu|频道菜单/ }).click()
      await page.getByRole('menuitem', { name: /Edit channel|编辑频道/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  space_follow: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      await page
        .getByText(/via 研发部|来自研发部/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: /Menu of the space|空间菜单/ }).click()
      await page.getByRole('menuitem', { name: /Follow groups|跟随群组/ }).click()
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
  },
  space_via: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      await page
        .getByText(/via 研发部|来自研发部/)
        .first()
        .waitFor()
    },
  },
  space_held: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      const row = page
        .getByRole('listitem')
        .filter({ hasText: /via 研发部|来自研发部/ })
        .first()
      await row.getByRole('button').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  channel_follow: {
    path: ({ channels }) => `/c/${channels.launch}`,
    act: async (page) => {
      await page.getByRole('button', { name: /Channel menu|频道菜单/ }).click()
      await page.getByRole('menuitem', { name: /管理频道|Manage channel/ }).click()
      await page.getByRole('menuitem', { name: /Follow groups|跟随群组/ }).click()
      await page.getByRole('dialog').getByRole('switch').first().waitFor()
    },
  },
  group_followed: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      await page.goto(new URL('/people', page.url()).href)
      await page
        .getByRole('link', { name: /研发部/ })
        .first()
        .click()
      await page.getByRole('region', { name: /Followed by|跟随它/ }).waitFor()
    },
  },
  directory: { path: () => '/people' },
  directory_all: { path: () => '/people/all', narrow: true },
  group: {
    path: () => '/people',
    act: async (page) => {
      await page
        .getByRole('link', { name: /研发部/ })
        .first()
        .click()
      await page.getByRole('heading', { name: /研发部/ }).waitFor()
    },
  },
  group_new: {
    path: () => '/people',
    act: async (page) => {
      await page.getByRole('button', { name: /New group|新建部门/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  group_add: {
    path: () => '/people',
    act: async (page) => {
      await page
        .getByRole('link', { name: /发布小组/ })
        .first()
        .click()
      await page.getByRole('button', { name: /Add people|添加成员/ }).click()
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
  group_mention: {
    path: ({ channels }) => `/c/${channels.dev}`,
    act: async (page) => {
      const box = page.getByRole('textbox').last()
      await box.fill('请@前端组 看下')
      await box.press('Control+Enter')
      await page.locator('.mention', { hasText: '前端组' }).last().waitFor()
      await box.pressSequentially('请@yf')
      await page.getByRole('listbox').waitFor()
    },
  },
  search_empty: { path: () => '/search' },
  search: { path: () => '/search?q=%E4%B8%8A%E7%BA%BF' },
  search_tasks: { path: () => '/search?q=login&type=task' },
  channels: { path: () => '/channels', narrow: true },
  palette: {
    path: () => '/my-work',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('lx')
    },
  },
  maketask: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.locator('article[data-message]', { hasText: '打印出来' }).focus()
      await page.keyboard.press('t')
      await page.getByRole('dialog').locator('textarea').waitFor()
    },
  },
  select: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.locator('article[data-message]', { hasText: '打印出来' }).focus()
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('t')
      await page.getByRole('dialog').locator('textarea').waitFor()
    },
  },
  ...Object.fromEntries(
    ['new channel', 'browse join', 'direct message', 'new project', 'new task'].map((words) => [
      `dialog_${words.replace(' ', '_')}`,
      {
        path: () => '/my-work',
        act: async (page) => {
          await page.keyboard.press('Control+k')
          await page.getByRole('dialog').getByRole('combobox').fill(`> ${words}`)
          await page.keyboard.press('Enter')
          await page.getByRole('dialog').getByRole('heading').first().waitFor()
        },
      },
    ]),
  ),
  shortcuts: {
    path: () => '/my-work',
    act: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').locator('dl').first().waitFor()
    },
  },
  side_bar: {
    path: () => '/channels',
    act: async (page) => {
      await arrange(page)
      await page.locator('[data-row]').filter({ visible: true }).first().click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    },
  },
  posting: {
    path: ({ channels }) => `/c/${channels.综合}`,
    act: async (page) => {
      await page.getByRole('button', { name: /频道菜单|Channel menu/ }).click()
      await page.getByRole('menuitem', { name: /管理频道|Manage channel/ }).click()
      await page.getByRole('menuitem', { name: /发言权限|Who may post/ }).click()
      await page.getByRole('dialog').getByRole('switch').first().waitFor()
    },
  },
  channel_menu: {
    path: ({ channels }) => `/c/${channels.launch}`,
    act: async (page) => {
      await page.getByRole('button', { name: /频道菜单|Channel menu/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  format_bar: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const show = page
        .getByRole('main')
        .getByRole('button', { name: /^(Show formatting|显示格式栏)$/ })
      if ((await show.count()) > 0) await show.click()
      await page.getByRole('toolbar').waitFor()
      await page.getByRole('main').getByRole('textbox').fill('本周 **三件事**：\n1. 班表\n2. 导出')
    },
  },
  project_settings: { path: () => '/p/LAUNCH/settings' },
  settings: { path: () => '/settings' },
  ...Object.fromEntries(
    [
      'profile',
      'appearance',
      'notifications',
      'security',
      'people',
      'invitations',
      'sign-in',
      'channels',
      'limits',
      'storage',
      'workspace',
      'hooks',
      'emoji',
      'tokens',
    ].map((name) => [`settings_${name}`, { path: () => `/settings/${name}` }]),
  ),
}

/** Two tasks in the archive, two in the trash, and then a page that shows them. */
async function putAside(page, path) {
  const base = `${new URL(page.url()).origin}/api/v1`
  const { csrf } = await (await page.request.get(`${base}/me`)).json()
  const headers = { 'x-tenon-csrf': csrf }
  const keys = []
  for (const title of [
    '旧版导出页面',
    'Remove the old importer',
    '误建的任务',
    'Duplicate of login',
  ]) {
    const data = { project: 'ENG', title, description: '说明 **words**', labels: ['mobile'] }
    const made = await page.request.post(`${base}/tasks`, { data, headers })
    keys.push((await made.json()).key)
  }
  const [archived, other, deleted, last] = keys
  for (const key of [archived, other])
    await page.request.post(`${base}/tasks/${key}/archive`, { data: {}, headers })
  for (const key of [deleted, last]) await page.request.delete(`${base}/tasks/${key}`, { headers })
  const to = typeof path === 'string' ? path : path({ archived, deleted })
  await page.goto(new URL(to, page.url()).href)
  await page.waitForLoadState('networkidle')
}

/** A section of one's own, and a star. */
async function arrange(page) {
  const base = `${new URL(page.url()).origin}/api/v1`
  const { csrf } = await (await page.request.get(`${base}/me`)).json()
  const headers = { 'x-tenon-csrf': csrf }
  const put = (data) => page.request.put(`${base}/side-bar/rows`, { data, headers })
  const bar = await (await page.request.get(`${base}/side-bar`)).json()
  if (bar.sections.length > 4) return
  const { items } = await (await page.request.get(`${base}/channels`)).json()
  const mine = items.filter(({ kind, archived }) => kind !== 'direct' && !archived)
  const data = { name: '本周上线 Launch' }
  const made = await page.request.post(`${base}/side-bar/sections`, { data, headers })
  const [starred, own] = (await made.json()).sections
  await put({ row: { channel: mine[0].id }, section: starred.id })
  for (const { id } of mine.slice(1, 3)) await put({ row: { channel: id }, section: own.id })
}

/** The same of a workspace in which nothing has happened yet. */
const fresh = {
  fresh_channel: { path: ({ channel }) => `/c/${channel}` },
  fresh_inbox: { path: () => '/inbox' },
  fresh_mywork: { path: () => '/my-work' },
  fresh_board: { path: () => '/p/ENG/board' },
  fresh_channels: { path: () => '/channels', narrow: true },
}

const looks = []
for (const language of ['zh-CN', 'en'])
  for (const theme of ['light', 'dark'])
    for (const width of [1440, 390]) looks.push({ language, theme, width })

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.TENON_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
})
const demo = await serve('--demo')
const empty = await serve()
const report = []

/** Somebody in a workspace of their own, with a project in which there is nothing. */
async function found(request) {
  const server = await serve()
  const answer = await request.post(`${server.url}/api/v1/setup`, {
    data: {
      workspace_name: '山茶 Camellia',
      name: '李雷',
      email: 'li@tenon.example',
      password: 'correct horse battery',
      time_zone: 'Asia/Shanghai',
      language: 'zh-CN',
    },
  })
  const headers = { 'x-tenon-csrf': (await answer.json()).csrf }
  const command = { type: 'create_project', key: 'ENG', name: '引擎' }
  await request.post(`${server.url}/api/v1/commands`, {
    data: { request_id: randomUUID(), command },
    headers,
  })
  const list = await (await request.get(`${server.url}/api/v1/channels`)).json()
  return { ...server, channel: (list.items ?? list)[0].id }
}

async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready)
  await page
    .locator('[aria-busy=true]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => {})
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  if (wide) report.push(`${name}: scrolls sideways`)
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

/** A context in one look, and its page. */
async function open({ language, theme, width }, look) {
  const context = await browser.newContext({
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    viewport: { width, height: width === 390 ? 844 : 900 },
    hasTouch: width === 390,
  })
  context.setDefaultTimeout(20_000)
  await context.addInitScript((name) => localStorage.setItem('tenon.language', name), language)
  const page = await context.newPage()
  page.on('pageerror', (error) => report.push(`${look} ${page.url()}: ${error}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load'))
      report.push(`${look} ${page.url()}: ${message.text()}`)
  })
  return { context, page }
}

async function takeAll(page, wide, list, url, known, look) {
  for (const [name, { path, act, narrow }] of list) {
    if (narrow && wide) continue
    try {
      await page.goto(url + path(known))
      await page.locator('main, aside').filter({ visible: true }).first().waitFor()
      await page.waitForLoadState('networkidle')
      if (act) await act(page)
      await picture(page, `${name}-${look}`)
    } catch (error) {
      report.push(`${name}-${look}: ${String(error).split('\n')[0]}`)
    }
  }
}

for (const one of looks) {
  const { language, theme, width } = one
  const look = `${language}-${theme}-${width}`
  const isChosen = (name) => wanted.every((word) => `${name}-${look}`.includes(word))
  const chosen = (list) => Object.entries(list).filter(([name]) => isChosen(name))
  const gates = chosen({ setup: empty.url, signin: demo.url })
  if (gates.length > 0 || chosen(screens).length > 0) {
    const { context, page } = await open(one, look)
    for (const [name, url] of gates) {
      await page.goto(url)
      await page.locator('form').waitFor()
      await picture(page, `${name}-${look}`)
    }
    const signedIn = await context.request.post(`${demo.url}/api/v1/sessions`, {
      data: {
        email: language === 'en' ? 'emma@demo.tenon.example' : 'lin@demo.tenon.example',
        password: 'tenon-demo',
      },
    })
    if (!signedIn.ok()) throw new Error(await signedIn.text())
    const list = await (await context.request.get(`${demo.url}/api/v1/channels`)).json()
    const channels = Object.fromEntries((list.items ?? list).map(({ name, id }) => [name, id]))
    const all = await (await context.request.get(`${demo.url}/api/v1/spaces`)).json()
    const spaces = Object.fromEntries(all.items.map(({ name, id }) => [name, id]))
    await takeAll(page, width > 390, chosen(screens), demo.url, { channels, spaces }, look)
    await context.close()
  }
  if (chosen(fresh).length > 0) {
    // Cookies know no ports: another server needs another context.
    const { context, page } = await open(one, look)
    const { url, channel, stop } = await found(context.request)
    await takeAll(page, width > 390, chosen(fresh), url, { channel }, look)
    await context.close()
    await stop()
  }
}
await browser.close()
await demo.stop()
await empty.stop()
console.log(report.length > 0 ? [...new Set(report)].join('\n') : 'Nothing to report.')
