// What a team begins with: chosen at set-up, or with a new project; a project with the states of
// its trade, and channels around it that show what happens on its board.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { composer, fillPerson, message } from './screen'
import { expectNoFaults, story } from './stage'

interface Project {
  id: string
  key: string
  workflow: { states: { name: string; category: string }[] }
}

const statesOf = async (person: Person) => {
  const [project] = await get<Project[]>(person, '/projects')
  return project?.workflow.states.map(({ name }) => name)
}

story('a new workspace begins with what its team does', async ({ strangers: [li] }) => {
  await li.page.goto('/')
  await li.page.getByRole('button', { name: '中文' }).click()
  await li.page.getByLabel('工作区名称').fill('山茶 Camellia')
  await li.page.getByLabel('你的姓名').fill('李雷')
  await li.page.getByLabel('邮箱').fill('li@tenon.example')
  await li.page.getByLabel('密码', { exact: true }).fill('correct horse battery')
  await li.page.getByRole('button', { name: '创建工作区' }).click()
  const dialog = li.page.getByRole('dialog', { name: '你的团队做什么？' })
  await dialog.getByRole('radio', { name: /^跨部门项目/ }).check({ force: true })
  await dialog.getByLabel('项目名称').fill('新园区搬迁')
  await dialog.getByText('#新园区搬迁、#新园区搬迁-决策、#新园区搬迁-动态').waitFor()
  await dialog.getByRole('button', { name: '开始' }).click()
  await li.page.waitForURL('**/p/JOINT/**')
  await li.page.getByText('看板上还没有任务').waitFor()

  const [project] = await get<Project[]>(li, '/projects')
  const states = project?.workflow.states.map(({ name, category }) => `${name} ${category}`)
  expect(states).toEqual([
    '待评估 backlog',
    '已排期 todo',
    '推进中 doing',
    '等待其他部门 doing',
    '已验收 done',
    '已终止 cancelled',
  ])
  // The channel of the project is bound to it; the one of its cards follows it.
  await li.page.getByRole('link', { name: '新园区搬迁-动态' }).click()
  await composer(li.page).waitFor()
  const channels = await get<{ name: string; project?: string }[]>(li, '/channels')
  const bound = channels.filter((channel) => channel.project === project?.id)
  expect(bound.map(({ name }) => name)).toEqual(['新园区搬迁'])
  await li.page.getByRole('link', { name: /^新园区搬迁\s*JOINT/ }).click()
  await li.page.getByText('看板上还没有任务').waitFor()
  await li.page.keyboard.press('c')
  await li.page.getByRole('dialog').getByRole('textbox').first().fill('和物业确认进场时间')
  await li.page.getByRole('dialog').getByRole('button', { name: '新建任务' }).click()
  await li.page.getByRole('region', { name: /^等待其他部门/ }).waitFor()
  await li.page.getByRole('link', { name: '新园区搬迁-动态' }).click()
  await message(li.page, '和物业确认进场时间').waitFor()
  expectNoFaults(li)
})

story('a software team begins with its board, and hears of it', async ({ strangers: [li] }) => {
  await li.page.goto('/')
  await li.page.getByLabel('Name of the workspace').fill('Camellia')
  await fillPerson(li, 'Li', 'li@tenon.example')
  await li.page.getByRole('button', { name: 'Create workspace' }).click()
  const dialog = li.page.getByRole('dialog', { name: 'What does your team do?' })
  await expect
    .poll(() => dialog.getByRole('radio', { name: /^Software team/ }).isChecked())
    .toBe(true)
  await dialog.getByText('#product, #product-incidents, #product-updates').waitFor()
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await li.page.waitForURL('**/p/DEV/**')
  await li.page.getByRole('link', { name: 'product-updates' }).waitFor()

  const [project] = await get<Project[]>(li, '/projects')
  const states = project?.workflow.states.map(({ name, category }) => `${name} ${category}`)
  expect(states).toEqual([
    'Backlog backlog',
    'To do todo',
    'In progress doing',
    'In review doing',
    'Done done',
    'Cancelled cancelled',
  ])
  const channels = await get<{ id: string; name: string; project?: string }[]>(li, '/channels')
  const bound = channels.filter((channel) => channel.project === project?.id)
  expect(bound.map(({ name }) => name)).toEqual(['product'])
  const ofTeam = channels.filter(({ name }) => name.startsWith('product'))
  const feeds = await Promise.all(
    ofTeam.map(async ({ id, name }) => {
      const all = await get<{ project?: string }[]>(li, `/channels/${id}/feeds`)
      return all.map((feed) => `${name}: ${feed.project === project?.id}`)
    }),
  )
  expect(ofTeam).toHaveLength(3)
  expect(feeds.flat()).toEqual(['product-updates: true'])
  expectNoFaults(li)
})

story('set-up can be left at that, and a project begins so later', async ({ strangers: [li] }) => {
  await li.page.goto('/')
  await li.page.getByLabel('Name of the workspace').fill('Camellia')
  await fillPerson(li, 'Li', 'li@tenon.example')
  await li.page.getByRole('button', { name: 'Create workspace' }).click()
  await li.page.getByRole('button', { name: 'Skip' }).click()
  await composer(li.page).waitFor()
  await li.page.reload()
  await composer(li.page).waitFor()
  expect(await li.page.getByRole('dialog').count()).toBe(0)
  expect(await get<Project[]>(li, '/projects')).toEqual([])

  await li.page.keyboard.press('Control+k')
  await li.page.getByRole('dialog').getByRole('combobox').fill('> new project')
  await li.page.keyboard.press('Enter')
  const dialog = li.page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Name').fill('Spring sale')
  await dialog.getByRole('combobox', { name: 'States to begin with' }).click()
  await li.page.getByRole('option', { name: 'Marketing campaign' }).click()
  await dialog.getByText('#spring-sale, #spring-sale-content, #spring-sale-updates').waitFor()
  // However low the screen, what makes it is in sight.
  const make = dialog.getByRole('button', { name: 'Create project' })
  await li.page.setViewportSize({ width: 390, height: 600 })
  await expect.poll(async () => (await make.boundingBox())?.y).toBeLessThan(600)
  await li.page.setViewportSize({ width: 1280, height: 800 })
  await make.click()
  await li.page.waitForURL('**/p/SS/**')
  expect(await statesOf(li)).toContain('In approval')
  await li.page.getByRole('link', { name: 'spring-sale-updates' }).waitFor()
  expectNoFaults(li)
})

story('what cannot be made is said, and the rest is there', async ({ pair: [li] }) => {
  await command(li, { type: 'create_channel', name: 'spring-sale-updates', kind: 'public' })
  await li.page.keyboard.press('Control+k')
  await li.page.getByRole('dialog').getByRole('combobox').fill('> new project')
  await li.page.keyboard.press('Enter')
  const dialog = li.page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Name').fill('Spring sale')
  await dialog.getByRole('combobox', { name: 'States to begin with' }).click()
  await li.page.getByRole('option', { name: 'Operations' }).click()
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await li.page.getByText('Not made: spring-sale-updates').first().waitFor()
  expect(await statesOf(li)).toContain('Waiting for an answer')
  await li.page.getByRole('link', { name: 'spring-sale-on-call' }).waitFor()
  const waiting = await li.page.evaluate(() => {
    const { tenon } = window as unknown as { tenon: { view: { pending(): unknown[] } } }
    return tenon.view.pending().length
  })
  expect(waiting).toBe(0)
})
