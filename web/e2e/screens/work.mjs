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
