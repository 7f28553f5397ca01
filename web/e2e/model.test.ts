// What a task is made of: its type, who answers for it, when it begins, its checklist. Set by one,
// seen by the other at once.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { card, composer, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

async function openProject(owner: Person): Promise<string> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(owner, '/projects')
  await command(owner, { type: 'create_task', project: project?.id, title: '发布 2.0' })
  return project?.id ?? ''
}

story('a checklist is worked off by two', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  const seen = pane(mia.page).getByRole('region', { name: 'Checklist' })
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  const own = pane(li.page)
  await own.getByRole('button', { name: 'Add checklist' }).click()
  const field = own.getByRole('textbox', { name: 'Add an item' })
  await field.fill('写公告')
  await field.press('Enter')
  await seen.getByRole('button', { name: '写公告', exact: true }).waitFor()
  // A list that is pasted becomes items.
  await field.evaluate((input) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '- [x] 回滚预案\n- [ ] 灰度')
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  })
  await seen.getByText('1 of 3 done').waitFor()
  await seen.getByRole('checkbox', { name: '写公告' }).click()
  await own.getByText('2 of 3 done').waitFor()
  await card(li.page, '发布 2.0').getByText('2/3').waitFor()
  await own.getByRole('checkbox', { name: '灰度' }).focus()
  await li.page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => seen.getByRole('listitem').nth(1).textContent()).toContain('灰度')
  await own.getByRole('button', { name: 'Actions for “灰度”' }).click()
  await li.page.getByRole('menuitem', { name: 'Make a sub-task' }).click()
  await pane(mia.page).getByRole('region', { name: 'Sub-tasks' }).getByText('灰度').waitFor()
  await seen.getByText('2 of 2 done').waitFor()
  // The activity goes on telling of it.
  const items = own.getByRole('region', { name: 'Checklist' }).getByRole('listitem')
  await expect.poll(() => items.filter({ hasText: '灰度' }).count()).toBe(0)
  expectNoFaults(li, mia)
})

story('type, start and the responsible one are set in the pane', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  const seen = pane(mia.page)
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  const own = pane(li.page)
  const field = (where: typeof own, name: string) =>
    where.getByRole('button', { name: new RegExp(`^${name}`) })
  await field(own, 'Type').click()
  await li.page.getByRole('option', { name: 'Bug' }).click()
  await field(seen, 'Type').getByText('Bug').waitFor()
  await card(mia.page, '发布 2.0').getByRole('button', { name: 'Bug' }).waitFor()
  await field(own, 'Assignees').click()
  await li.page.getByRole('option', { name: '李雷' }).click()
  await li.page.getByRole('option', { name: 'Mia' }).click()
  await li.page.keyboard.press('Escape')
  await field(seen, 'Responsible').getByText('李雷').waitFor()
  await field(seen, 'Responsible').click()
  await mia.page.getByRole('option', { name: 'Mia' }).click()
  await field(own, 'Responsible').getByText('Mia').waitFor()
  await own.getByText('Mia made Mia responsible').waitFor()
  await field(own, 'Start date').click()
  await li.page
    .getByRole('dialog', { name: 'Start date' })
    .getByRole('button', { name: /15/ })
    .click()
  await expect.poll(() => field(seen, 'Start date').textContent()).toContain('15')
  expectNoFaults(li, mia)
})

story(
  'a project has types of its own, and a message says which one',
  async ({ pair: [li, mia] }) => {
    const project = await openProject(li)
    const [channel] = await get<{ id: string }[]>(li, '/channels')
    await command(li, { type: 'update_channel', channel: channel?.id, project })
    await say(mia.page, '登录页报错 500')
    const said = composer(mia.page)
    await said.waitFor()
    await mia.page.getByText('登录页报错 500').first().click()
    await mia.page.locator('article[data-message]', { hasText: '登录页报错' }).focus()
    await mia.page.keyboard.press('t')
    const form = mia.page.getByRole('dialog', { name: 'Make task' })
    await expect
      .poll(() => form.getByRole('button', { name: 'Type' }).textContent())
      .toMatch(/Bug.*报错/)
    await mia.page.keyboard.press('Escape')

    await li.page.goto('/p/ENG/settings')
    const types = li.page.getByRole('region', { name: 'Task types' })
    await types.getByRole('button', { name: 'Remove “Epic”' }).click()
    await li.page.getByRole('option', { name: 'Story' }).click()
    const names = types.getByRole('textbox', { name: 'Name of the type' })
    await names.nth(1).fill('Defect')
    await types.getByRole('button', { name: 'Move “Defect”', exact: true }).focus()
    await li.page.keyboard.press('ArrowUp')
    await types.getByRole('button', { name: 'Save' }).click()
    await types.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' })
    await mia.page.goto('/p/ENG/board')
    await card(mia.page, '发布 2.0').waitFor()
    await mia.page.keyboard.press('c')
    const dialog = mia.page.getByRole('dialog', { name: 'New task' })
    await dialog.getByRole('button', { name: 'Type' }).getByText('Defect').click()
    await expect
      .poll(() => mia.page.getByRole('option').allTextContents())
      .toEqual(['Defect', 'Task', 'Story'])
    expectNoFaults(li, mia)
  },
)

story('what is blocked is marked until what blocks it is done', async ({ pair: [li, mia] }) => {
  const project = await openProject(li)
  for (const title of ['支付改造', '支付改造（重复）'])
    await command(li, { type: 'create_task', project, title })
  await mia.page.goto('/p/ENG/board?pane=task:ENG-2')
  await card(mia.page, '发布 2.0').waitFor()
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  const own = pane(li.page)
  await own.getByRole('button', { name: 'Link', exact: true }).click()
  await li.page.getByRole('menuitem', { name: 'Blocked by' }).click()
  await li.page.getByRole('combobox', { name: 'Blocked by' }).fill('ENG-2')
  await li.page
    .getByRole('option', { name: /支付改造/ })
    .first()
    .click()
  await own.getByRole('region', { name: 'Links' }).getByText('ENG-2').waitFor()
  const mark = card(mia.page, '发布 2.0').getByText('Blocked by ENG-2')
  await mark.waitFor()
  const seen = pane(mia.page).getByRole('region', { name: 'Links' })
  await seen.getByText('Blocks').waitFor()
  await seen.getByText('ENG-1').waitFor()

  // The way round is refused, with the tasks on it.
  await own.getByRole('button', { name: 'Link', exact: true }).click()
  await li.page.getByRole('menuitem', { name: /^Blocks/ }).click()
  await li.page.getByRole('combobox', { name: 'Blocks' }).fill('ENG-2')
  await li.page
    .getByRole('option', { name: /支付改造/ })
    .first()
    .click()
  await li.page.getByText('ENG-2 → ENG-1 → ENG-2').waitFor()

  await card(li.page, '支付改造（重复）').hover()
  await card(li.page, '支付改造（重复）').getByRole('button', { name: 'Actions for ENG-3' }).click()
  await li.page.getByRole('menuitem', { name: 'Link', exact: true }).click()
  await li.page.getByRole('menuitem', { name: 'Close as a duplicate of' }).click()
  await li.page.getByRole('combobox', { name: 'Duplicate of' }).fill('ENG-2')
  await li.page
    .getByRole('option', { name: /支付改造/ })
    .first()
    .click()
  await expect
    .poll(async () => (await get<{ key: string; state: string }[]>(li, '/tasks?keys=ENG-3'))[0])
    .toMatchObject({ state: 'cancelled' })

  const task = await get<{ id: string }[]>(li, '/tasks?keys=ENG-2')
  await command(li, { type: 'update_task', task: task[0]?.id, state: 'done' })
  await mark.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

story('sub-tasks are added up at any depth', async ({ pair: [li, mia] }) => {
  const project = await openProject(li)
  const make = async (title: string, parent: string, more = {}) => {
    await command(li, { type: 'create_task', project, title, ...more })
    const [found] = await get<{ id: string }[]>(li, `/tasks?text=${encodeURIComponent(title)}`)
    const [above] = await get<{ id: string }[]>(li, `/tasks?keys=${parent}`)
    await command(li, { type: 'update_task', task: found?.id, parent: above?.id })
  }
  await make('支付改造', 'ENG-1', { estimate: 3, start: '2026-12-01' })
  await make('对账', 'ENG-2', { estimate: 5, due: '2026-12-20' })
  await make('灰度', 'ENG-3')
  // Where no board was opened the server adds up.
  await mia.page.goto('/my-work')
  await command(li, {
    type: 'update_task',
    task: (await get<{ id: string }[]>(li, '/tasks?keys=ENG-1'))[0]?.id,
    assignees: [(await get<{ member: { id: string } }>(mia, '/me')).member.id],
  })
  const row = mia.page.getByRole('listitem', { name: 'ENG-1' })
  await row.getByText('0/3').waitFor()
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  const own = pane(li.page).getByRole('region', { name: 'Sub-tasks' })
  await own.getByText('0 of 3 done · 0 of 8 points').waitFor()
  await card(li.page, '支付改造').getByText('0/2').waitFor()
  await command(mia, {
    type: 'update_task',
    task: (await get<{ id: string }[]>(mia, '/tasks?keys=ENG-3'))[0]?.id,
    state: 'done',
  })
  await own.getByText('1 of 3 done · 5 of 8 points').waitFor()
  await card(li.page, '发布 2.0').getByText('1/3').waitFor()
  await row.getByText('1/3').waitFor()
  // What is archived is out, with what lies below it.
  await card(li.page, '对账').focus()
  await li.page.keyboard.press('Shift+F10')
  await li.page.getByRole('menuitem', { name: 'Archive' }).click()
  await own.getByText('0 of 1 done · 0 of 3 points').waitFor()
  await row.getByText('0/1').waitFor()
  expectNoFaults(li, mia)
})
