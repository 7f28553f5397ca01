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
  query_archived_board: {
    path: () => '/p/ENG/board',
    act: (page) => putAside(page, '/p/ENG/board?query=archived+%3D+true'),
  },
  query_archived_list: {
    path: () => '/p/ENG/board',
    act: (page) => putAside(page, '/p/ENG/list?query=archived+%3D+true'),
  },
  fields_board: { path: () => '/p/ENG/board', act: (page) => showFields(page, '/p/ENG/board') },
  fields_list: { path: () => '/p/ENG/board', act: (page) => showFields(page, '/p/ENG/list') },
  fields_display: {
    path: () => '/p/ENG/board',
    act: async (page) => {
      await showFields(page, '/p/ENG/board')
      await page.getByRole('button', { name: /^(Display|显示)$/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  fields_task: {
    path: () => '/p/ENG/board',
    act: async (page) => {
      await showFields(page, '/p/ENG/board?pane=task:ENG-1')
      const amount = page.getByRole('textbox', { name: '金额' })
      await amount.fill('很贵')
      await amount.press('Enter')
    },
  },
  fields_new: {
    path: () => '/p/ENG/board',
    act: async (page) => {
      await showFields(page, '/p/ENG/board')
      const make = page.getByRole('main').getByRole('button', { name: /^(New task|新建任务)$/ })
      await make.filter({ visible: true }).first().click()
      await page.getByRole('button', { name: /^(More fields|更多字段)$/ }).click()
    },
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
  templates: {
    path: () => '/p/ENG/settings',
    act: async (page) => {
      await writeTemplates(page)
      await templates(page).scrollIntoViewIfNeeded()
    },
  },
  template: {
    path: () => '/p/ENG/settings',
    act: async (page) => {
      await writeTemplates(page)
      const edit = templates(page).getByRole('button', { name: /缺陷报告/ })
      await edit.nth(1).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  template_end: {
    path: () => '/p/ENG/settings',
    act: async (page) => {
      await writeTemplates(page)
      await templates(page)
        .getByRole('button', { name: /缺陷报告/ })
        .nth(1)
        .click()
      const last = page.getByRole('dialog').getByRole('region')
      await last.scrollIntoViewIfNeeded()
    },
  },
  template_use: {
    path: () => '/p/ENG/board',
    act: async (page) => {
      await writeTemplates(page)
      await page.keyboard.press('c')
      const form = page.getByRole('dialog')
      await form.getByRole('button', { name: /^(Template|模板)/ }).click()
      await page.getByRole('option', { name: '缺陷报告' }).click()
      await form.getByText('ACME').or(form.getByText('客户')).first().waitFor()
    },
  },
}

const templates = (page) => page.getByRole('region', { name: /^(Task templates|任务模板)$/ })

/** Custom fields and three templates, of which one names a field that is gone. */
async function writeTemplates(page) {
  const { get, command } = await api(page)
  const project = (await get('/projects/ENG')).id
  const members = (await get('/members')).items
  const option = { id: 'fatal', name: '致命', colour: 'red' }
  const fields = [
    { id: 'customer', name: '客户', kind: 'text' },
    { id: 'severity', name: '严重程度', kind: 'select', options: [option] },
    { id: 'live', name: 'Goes live', kind: 'date' },
  ]
  await command({
    type: 'change_fields',
    project,
    fields: [...fields, { id: 'gone', name: 'x', kind: 'text' }],
  })
  const bug = {
    id: 'bug',
    name: '缺陷报告',
    title: '缺陷：',
    description: '## 复现步骤\n1. \n\n## 期望结果\n',
    type: 'bug',
    priority: 'high',
    labels: ['mobile', '线上'],
    assignees: members.slice(0, 2).map(({ id }) => id),
    due_days: 3,
    estimate: 2,
    checklist: ['在测试环境复现', '写一个会失败的测试', '修复'],
    fields: { customer: 'ACME', severity: 'fatal', gone: 'x' },
  }
  const release = { id: 'release', name: 'Release', title: 'Release ', type: 'story' }
  const plain = { id: 'plain', name: '回访客户' }
  await command({ type: 'change_templates', project, templates: [bug, release, plain] })
  await command({ type: 'change_fields', project, fields })
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

/** Custom fields, chosen for cards and rows, and tasks that have something of them. */
async function showFields(page, path) {
  const { get, command } = await api(page)
  const tasks = (await get('/tasks?project=ENG&order=created')).items
  const { project } = tasks[0]
  const levels = [
    { id: 'high', name: '重点客户', colour: 'red' },
    { id: 'usual', name: 'Regular', colour: 'blue' },
  ]
  const fields = [
    { id: 'customer', name: '客户', kind: 'text', description: '合同上的名称' },
    { id: 'amount', name: '金额', kind: 'number' },
    { id: 'level', name: 'Level of the customer', kind: 'multi_select', options: levels },
    { id: 'tester', name: '测试人', kind: 'person' },
    { id: 'live', name: '上线日', kind: 'date' },
    { id: 'page', name: 'Page', kind: 'link' },
    { id: 'checked', name: '已验收', kind: 'check' },
  ]
  await command({ type: 'change_fields', project, fields })
  const values = {
    customer: '上海某某信息科技有限公司华东分公司',
    amount: 12800.5,
    level: ['high', 'usual'],
    tester: tasks[0].created_by,
    live: '2026-12-24',
    page: 'https://example.com/login/page',
    checked: true,
  }
  for (const [at, { id }] of tasks.slice(0, 12).entries()) {
    const some = Object.entries(values).filter((_, place) => (at + place) % 3 !== 1)
    const had = at === 0 ? values : Object.fromEntries(some)
    await command({ type: 'update_task', task: id, fields: had })
  }
  const chosen = JSON.stringify(fields.map(({ id }) => id))
  await page.evaluate(
    ([project, chosen]) => {
      for (const face of ['board', 'list'])
        localStorage.setItem(`tenon.${face}.fields.${project}`, chosen)
    },
    [project, chosen],
  )
  await page.goto(new URL(path, page.url()).href)
  await page.waitForLoadState('networkidle')
}

/** Two tasks in the archive, two in the trash, and then a page that shows them. */
async function putAside(page, path) {
  const { post, remove, command } = await api(page)
  const made = []
  for (const title of [
    '旧版导出页面',
    'Remove the old importer',
    '误建的任务',
    'Duplicate of login',
  ]) {
    const data = { project: 'ENG', title, description: '说明 **words**', labels: ['mobile'] }
    made.push(await post('/tasks', data))
  }
  const [archived, other, deleted, last] = made.map(({ key }) => key)
  const [{ id: task }, { id: linked }] = made
  await post('/tasks', { project: 'ENG', title: 'Sub-task of what is archived', parent: archived })
  const items = [{ text: '走查', done: true }, { text: 'Write it down' }]
  await command({ type: 'add_checklist_items', task, items })
  await command({ type: 'link_tasks', task, kind: 'relates', other: linked })
  for (const key of [archived, other]) await post(`/tasks/${key}/archive`, {})
  for (const key of [deleted, last]) await remove(`/tasks/${key}`)
  const to = typeof path === 'string' ? path : path({ archived, deleted })
  await page.goto(new URL(to, page.url()).href)
  await page.waitForLoadState('networkidle')
}
