// Screens of work: boards, lists, tasks.

import { api } from './scene.mjs'

export const work = {
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
  roll_up_task: {
    path: () => '/p/ENG/board',
    act: (page) => growTree(page, (key) => `/p/ENG/board?pane=task:${key}`),
  },
  roll_up_list: { path: () => '/p/ENG/board', act: (page) => growTree(page, () => '/p/ENG/list') },
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
  mywork: { path: () => '/my-work' },
  project_settings: { path: () => '/p/LAUNCH/settings' },
}

/** A task with sub-tasks at two levels, and then a page that shows it. */
async function growTree(page, path) {
  const base = `${new URL(page.url()).origin}/api/v1`
  const { csrf } = await (await page.request.get(`${base}/me`)).json()
  const headers = { 'x-tenon-csrf': csrf }
  const make = async (title, more) => {
    const data = { project: 'ENG', title, ...more }
    return (await (await page.request.post(`${base}/tasks`, { data, headers })).json()).key
  }
  const top = await make('支付改造 Payments 2.0', { labels: ['mobile'], priority: 'high' })
  const plan = { parent: top, start: '2026-12-01', estimate: 3 }
  const design = await make('Design of the checkout', plan)
  const build = await make('接入新的支付渠道', { parent: top, estimate: 8, due: '2026-12-24' })
  await make('对账脚本', { parent: build, estimate: 2 })
  const last = await make('Sandbox tests', { parent: build, estimate: 1.5 })
  const data = { state: 'done' }
  for (const key of [design, last])
    await page.request.patch(`${base}/tasks/${key}`, { data, headers })
  await page.goto(new URL(path(top), page.url()).href)
  await page.waitForLoadState('networkidle')
}

/** Two tasks in the archive, two in the trash, and then a page that shows them. */
async function putAside(page, path) {
  const { post, remove } = await api(page)
  const keys = []
  for (const title of [
    '旧版导出页面',
    'Remove the old importer',
    '误建的任务',
    'Duplicate of login',
  ]) {
    const data = { project: 'ENG', title, description: '说明 **words**', labels: ['mobile'] }
    keys.push((await post('/tasks', data)).key)
  }
  const [archived, other, deleted, last] = keys
  for (const key of [archived, other]) await post(`/tasks/${key}/archive`, {})
  for (const key of [deleted, last]) await remove(`/tasks/${key}`)
  const to = typeof path === 'string' ? path : path({ archived, deleted })
  await page.goto(new URL(to, page.url()).href)
  await page.waitForLoadState('networkidle')
}
