// A task's fields in its pane, and the states of its project: set by one, seen by the other.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { card, column, pane } from './screen'
import { expectNoFaults, story } from './stage'

interface Task {
  key: string
  title: string
  description?: string
  state: string
  assignees?: string[]
  priority: string
  labels?: string[]
  due?: string
  estimate?: number
  parent?: string
}

async function openProject(owner: Person): Promise<void> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(owner, '/projects')
  for (const title of ['班表导出', '整个排班']) {
    await command(owner, { type: 'create_task', project: project?.id, title })
  }
}

story('every field of a task is set in its pane', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  const seen = pane(mia.page)
  await seen.getByRole('textbox', { name: 'Title' }).waitFor()
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  const own = pane(li.page)
  const field = (name: string) => own.getByRole('button', { name: new RegExp(`^${name}`) })
  const choose = async (name: string, option: string) => {
    await field(name).click()
    await li.page.getByRole('option', { name: option }).click()
    if (name === 'Assignees') await li.page.keyboard.press('Escape')
    await li.page.getByRole('option').first().waitFor({ state: 'detached' })
  }
  await own.getByRole('textbox', { name: 'Title' }).fill('班表导出为 Excel')
  await li.page.keyboard.press('Enter')
  await choose('State', 'In progress')
  await choose('Assignees', 'Mia')
  await choose('Priority', 'High')
  await choose('Parent', '整个排班')
  await field('Labels').click()
  await li.page.getByRole('combobox', { name: 'Labels' }).fill('导出')
  await li.page.getByRole('option', { name: 'Create “导出”' }).click()
  await li.page.keyboard.press('Escape')
  await field('Due date').click()
  await li.page.getByRole('button', { name: /^Tomorrow/ }).click()
  await own.getByRole('textbox', { name: 'Estimate' }).fill('2,5')
  await li.page.keyboard.press('Enter')
  await own.getByRole('button', { name: 'Add a description' }).click()
  await own.getByRole('textbox', { name: 'Description' }).fill('每个员工 **一行**')
  await li.page.keyboard.press('Control+Enter')

  await seen.locator('strong', { hasText: '一行' }).waitFor()
  await seen
    .getByRole('button', { name: /^State/ })
    .getByText('In progress')
    .waitFor()
  await seen
    .getByRole('button', { name: /^Assignees/ })
    .getByText('Mia')
    .waitFor()
  await seen
    .getByRole('button', { name: /^Priority/ })
    .getByText('High')
    .waitFor()
  await seen
    .getByRole('button', { name: /^Labels/ })
    .getByText('导出')
    .waitFor()
  await seen
    .getByRole('button', { name: /^Due date/ })
    .getByText('Tomorrow')
    .waitFor()
  await seen
    .getByRole('button', { name: /^Parent/ })
    .getByText('整个排班')
    .waitFor()
  const estimate = seen.getByRole('textbox', { name: 'Estimate' })
  await expect.poll(() => estimate.inputValue()).toBe('2.5')
  const title = seen.getByRole('textbox', { name: 'Title' })
  await expect.poll(() => title.inputValue()).toBe('班表导出为 Excel')
  const task = await get<Task>(li, '/tasks/ENG-1')
  const parent = await get<Task & { id: string }>(li, '/tasks/ENG-2')
  expect([task.state, task.priority, task.labels]).toEqual(['in_progress', 'high', ['导出']])
  expect([task.estimate, task.parent]).toEqual([2.5, parent.id])
  expect(task.due).toMatch(/^\d{4}-\d\d-\d\d$/)

  // And taken back.
  await field('Due date').click()
  await li.page.getByRole('button', { name: 'Remove due date' }).click()
  await choose('Assignees', 'Mia')
  await choose('Parent', 'None')
  await own.getByRole('textbox', { name: 'Estimate' }).fill('')
  await li.page.keyboard.press('Enter')
  await expect
    .poll(async () => {
      const { due, assignees, parent, estimate } = await get<Task>(li, '/tasks/ENG-1')
      return [due, assignees ?? [], parent, estimate]
    })
    .toEqual([undefined, [], undefined, undefined])
  expectNoFaults(li, mia)
})

story(
  'the states of a project are changed, and every board follows',
  async ({ pair: [li, mia] }) => {
    await openProject(li)
    await mia.page.goto('/p/ENG/board')
    await card(column(mia.page, 'To do'), '班表导出').waitFor()
    await li.page.goto('/p/ENG/settings')
    const workflow = li.page.getByRole('region', { name: 'Workflow' })
    const names = workflow.getByRole('textbox', { name: 'Name of the state' })
    await names.first().waitFor()
    const before = await names.count()
    await workflow.getByRole('button', { name: 'Add state' }).click()
    await names.and(li.page.locator('[value="New state"]')).fill('等待验收')
    await workflow.getByRole('button', { name: 'Save' }).click()
    await column(mia.page, '等待验收').waitFor()
    expect(await names.count()).toBe(before + 1)
    // A state that tasks stand in cannot be removed; another can.
    await workflow.getByRole('button', { name: /2 tasks/ }).waitFor()
    expect(await workflow.getByRole('button', { name: /2 tasks/ }).isDisabled()).toBe(true)
    await workflow.getByRole('button', { name: 'Remove 等待验收' }).click()
    await workflow.getByRole('button', { name: 'Save' }).click()
    await column(mia.page, '等待验收').waitFor({ state: 'detached' })
    expectNoFaults(li, mia)
  },
)
