// Templates of tasks: written by whoever manages the project, used by all, made of a task.

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { violationsOf } from './axe'
import { command, get, type Person } from './people'
import { card, pane } from './screen'
import { expectNoFaults, story } from './stage'

async function openProject(owner: Person): Promise<string> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(owner, '/projects')
  const fields = [{ id: 'customer', name: '客户', kind: 'text' }]
  await command(owner, { type: 'change_fields', project: project?.id, fields })
  return project?.id ?? ''
}

/** Opens the form of a new task and chooses a template in it. */
async function begin(page: Page, name: string) {
  await page.keyboard.press('c')
  const form = page.getByRole('dialog', { name: 'New task' })
  await choose(page, name)
  return form
}

async function choose(page: Page, name: string) {
  const form = page.getByRole('dialog', { name: 'New task' })
  await form.getByRole('button', { name: /^Template/ }).click()
  await page.getByRole('option', { name, exact: true }).click()
}

story('a template is written by one and used by another', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await mia.page.goto('/p/ENG/board')
  await li.page.goto('/p/ENG/settings')
  const list = li.page.getByRole('region', { name: 'Task templates' })
  await list.getByRole('button', { name: 'Add template' }).click()
  const dialog = li.page.getByRole('dialog', { name: 'New template' })
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Name of the template').fill('缺陷报告')
  await dialog.getByLabel(/^Title/).fill('缺陷：')
  await dialog.getByLabel(/^Description/).fill('## 复现步骤\n1. ')
  await dialog.getByRole('button', { name: /^Type/ }).click()
  await li.page.getByRole('option', { name: 'Bug' }).click()
  await dialog.getByRole('button', { name: /^Priority/ }).click()
  await li.page.getByRole('option', { name: 'High' }).click()
  await dialog.getByRole('button', { name: /^Assignees/ }).click()
  await li.page.getByRole('option', { name: 'Mia' }).click()
  await li.page.keyboard.press('Escape')
  await dialog.getByLabel('Due after (days)').fill('三')
  await dialog.getByText('A whole number of days').waitFor()
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Due after (days)').fill('３')
  await dialog.getByRole('button', { name: 'Add an item' }).click()
  const first = dialog.getByRole('textbox', { name: 'Item 1' })
  await first.fill('复现')
  // Enter of an input method ends its word, not the item.
  await first.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  expect(await dialog.getByRole('textbox', { name: /^Item/ }).count()).toBe(1)
  await first.press('Enter')
  await li.page.keyboard.type('修复')
  await dialog.getByRole('textbox', { name: '客户' }).fill('ACME')
  expect(await violationsOf(li.page, 'template')).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await list.getByText('缺陷报告').waitFor()

  // There at once, without a reload; what is typed before stays.
  await mia.page.keyboard.press('c')
  const form = mia.page.getByRole('dialog', { name: 'New task' })
  await form.getByRole('textbox', { name: 'Title' }).fill('登录失败')
  await choose(mia.page, '缺陷报告')
  const title = form.getByRole('textbox', { name: 'Title' })
  const description = form.getByRole('textbox', { name: 'Description' })
  await expect.poll(() => description.inputValue()).toBe('## 复现步骤\n1. ')
  expect(await title.inputValue()).toBe('登录失败')
  await form.getByText('The template also brings: 2 checklist items and 客户.').waitFor()
  expect(await violationsOf(mia.page, 'new task')).toEqual([])
  await choose(mia.page, 'Without a template')
  expect(await description.inputValue()).toBe('')
  await choose(mia.page, '缺陷报告')
  await form.getByRole('button', { name: /^Priority/ }).click()
  await mia.page.getByRole('option', { name: 'No priority' }).click()
  await form.getByRole('button', { name: 'Create task' }).click()
  // Only what the server confirmed has a key.
  await card(mia.page, '登录失败').getByText('ENG-1').waitFor()
  const task = await get<Record<string, unknown>>(mia, '/tasks/ENG-1')
  expect(task).toMatchObject({ type: 'bug', priority: 'none', fields: { customer: 'ACME' } })
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  const items = pane(mia.page).getByRole('region', { name: 'Checklist' })
  await items.getByText('0 of 2 done').waitFor()
  await pane(mia.page).getByRole('heading', { name: '复现步骤' }).waitFor()
  expectNoFaults(li, mia)
})

story('a task becomes a template, which is put in order and removed', async ({ pair }) => {
  const [li, mia] = pair
  const project = await openProject(li)
  const plain = { id: 'plain', name: '空白', title: '空白任务' }
  await command(li, { type: 'change_templates', project, templates: [plain] })
  await command(li, { type: 'create_task', project, title: '发布 2.0', labels: ['发布'] })
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  await pane(mia.page).getByRole('button', { name: 'More' }).click()
  await mia.page.getByRole('menuitem', { name: 'Copy link' }).waitFor()
  // Not hers to make.
  expect(await mia.page.getByRole('menuitem', { name: /^Save as template/ }).count()).toBe(0)
  await mia.page.goto('/p/ENG/board')
  await card(mia.page, '发布 2.0').waitFor()
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  await pane(li.page).getByRole('button', { name: 'More' }).click()
  await li.page.getByRole('menuitem', { name: /^Save as template/ }).click()
  const dialog = li.page.getByRole('dialog', { name: 'Save as template' })
  const name = dialog.getByLabel('Name of the template')
  expect(await name.inputValue()).toBe('发布 2.0')
  await name.fill(' 空　白 ')
  await name.fill('空白')
  await dialog.getByText('Another template has this name.').waitFor()
  await name.fill('发布')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await li.page.getByText('Template saved').waitFor()

  await li.page.goto('/p/ENG/settings')
  const list = li.page.getByRole('region', { name: 'Task templates' })
  const lines = list.getByRole('listitem')
  await expect.poll(() => lines.allTextContents()).toEqual(['空白空白任务', '发布发布 2.0'])
  await list.getByRole('button', { name: 'Move “发布”', exact: true }).focus()
  await li.page.keyboard.press('ArrowUp')
  await expect.poll(() => lines.allTextContents()).toEqual(['发布发布 2.0', '空白空白任务'])
  await list.getByRole('button', { name: 'Edit “发布”' }).click()
  const edit = li.page.getByRole('dialog', { name: 'Edit template' })
  await edit.getByLabel('Name of the template').fill('发版')
  await edit.getByRole('button', { name: 'Save' }).click()
  await list.getByText('发版').waitFor()
  await list.getByRole('button', { name: 'Remove “空白”' }).click()
  await li.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => lines.allTextContents()).toEqual(['发版发布 2.0'])
  expect(await violationsOf(li.page, 'templates')).toEqual([])

  const form = await begin(mia.page, '发版')
  await expect
    .poll(() => form.getByRole('textbox', { name: 'Title' }).inputValue())
    .toBe('发布 2.0')
  // What a template filled goes with the window.
  await mia.page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  await mia.page.keyboard.press('c')
  await expect.poll(() => form.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('')
  expectNoFaults(li, mia)
})

story('what is gone is shown, and taken out', async ({ pair: [li, mia] }) => {
  const project = await openProject(li)
  const me = await get<{ member: { id: string } }>(mia, '/me')
  const templates = [
    { id: 'a', name: '回访', assignees: [me.member.id], fields: { customer: 'ACME' } },
  ]
  await command(li, { type: 'change_templates', project, templates })
  await command(li, { type: 'change_fields', project, fields: [] })
  await command(li, { type: 'deactivate_member', member: me.member.id })
  await li.page.goto('/p/ENG/settings')
  const list = li.page.getByRole('region', { name: 'Task templates' })
  await list.getByText('Something is gone').waitFor()
  await list.getByRole('button', { name: 'Edit “回访”' }).click()
  const dialog = li.page.getByRole('dialog', { name: 'Edit template' })
  await dialog.getByText('New tasks do without what is gone: Mia and a removed field.').waitFor()
  await dialog.getByRole('button', { name: 'Take out' }).click()
  await dialog.getByText('New tasks do without').waitFor({ state: 'detached' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => list.getByText('Something is gone').count()).toBe(0)
  expectNoFaults(li)
})
