// Custom fields: defined by one in the settings, filled in by two at once, told in the activity,
// asked for in words.

import { expect } from 'vitest'
import { violationsOf } from './axe'
import { command, get, type Person } from './people'
import { card, pane } from './screen'
import { expectNoFaults, story } from './stage'

async function openProject(owner: Person): Promise<string> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(owner, '/projects')
  for (const title of ['登录失败', '导出变慢'])
    await command(owner, { type: 'create_task', project: project?.id, title })
  return project?.id ?? ''
}

story('fields are defined by one and filled in by another', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  const seen = pane(mia.page)
  await seen.getByText('登录失败').first().waitFor()
  await li.page.goto('/p/ENG/settings')
  const editor = li.page.getByRole('region', { name: 'Custom fields' })
  const names = editor.getByRole('textbox', { name: 'Name of the field' })
  await editor.getByRole('button', { name: 'Add field' }).click()
  await names.last().fill('Due')
  await editor.getByText('Every task has a field of that name already').waitFor()
  expect(await editor.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await names.last().fill('客户')
  await editor.getByRole('button', { name: 'Add field' }).click()
  await names.last().fill('严重程度')
  await editor.getByRole('combobox', { name: 'Kind' }).last().click()
  await li.page.getByRole('option', { name: 'Select', exact: true }).click()
  const options = editor.getByRole('textbox', { name: 'Name of the option' })
  await options.first().fill('致命')
  await options.first().press('Enter')
  await options.nth(1).fill('轻微')
  await editor.getByRole('button', { name: 'Save' }).click()

  // There at once, without a reload.
  const fields = seen.getByRole('region', { name: 'Custom fields' })
  const customer = fields.getByRole('textbox', { name: '客户' })
  await customer.fill('ＡＣＭＥ')
  // Enter of an input method ends its word, not the field.
  await customer.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  expect(await customer.evaluate((it) => it === document.activeElement)).toBe(true)
  await customer.press('Enter')
  await fields.getByRole('button', { name: /^严重程度/ }).click()
  await mia.page.getByRole('option', { name: '致命' }).click()
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  const own = pane(li.page)
  const shown = own.getByRole('region', { name: 'Custom fields' })
  await shown
    .getByRole('button', { name: /^严重程度/ })
    .getByText('致命')
    .waitFor()
  await expect
    .poll(() => shown.getByRole('textbox', { name: '客户' }).inputValue())
    .toBe('ＡＣＭＥ')
  await own.getByText('Mia set 严重程度 to 致命').waitFor()
  await shown.getByRole('button', { name: 'Clear 严重程度' }).click()
  await seen.getByText('cleared 严重程度, which was 致命').waitFor()
  expectNoFaults(li, mia)
})

const FIELDS = [
  { id: 'amount', name: '金额', kind: 'number' },
  { id: 'live', name: '上线日', kind: 'date' },
  { id: 'page', name: '页面', kind: 'link' },
  { id: 'tester', name: '测试人', kind: 'person' },
  { id: 'checked', name: '已验收', kind: 'check' },
]

story('values are typed, kept until they are some, and asked for', async ({ pair: [li, mia] }) => {
  const project = await openProject(li)
  await command(li, { type: 'change_fields', project, fields: FIELDS })
  await li.page.goto('/p/ENG/list?pane=task:ENG-1')
  const fields = pane(li.page).getByRole('region', { name: 'Custom fields' })
  const amount = fields.getByRole('textbox', { name: '金额' })
  await amount.fill('贵')
  await amount.press('Enter')
  await fields.getByText('Not saved: a number').waitFor()
  expect(await amount.inputValue()).toBe('贵')
  await amount.fill('12,800.5')
  await amount.press('Tab')
  await expect.poll(() => amount.inputValue()).toBe('12,800.5')
  const page = fields.getByRole('textbox', { name: '页面' })
  await page.fill('javascript:alert(1)')
  await page.press('Enter')
  await fields.getByText('Not saved: the address').waitFor()
  await page.fill('a.example/login')
  await page.press('Enter')
  const link = fields.getByRole('link', { name: 'a.example/login' })
  expect(await link.getAttribute('href')).toBe('https://a.example/login')
  await fields.getByRole('button', { name: /^测试人/ }).click()
  await li.page.getByRole('option', { name: 'Mia' }).click()
  await fields.getByRole('checkbox', { name: '已验收' }).click()
  await mia.page.goto('/p/ENG/board')
  await card(mia.page, '导出变慢').waitFor()
  const query = mia.page.getByRole('combobox', { name: /^Filter: words/ })
  await query.pressSequentially('金')
  await mia.page.getByRole('option', { name: '金额' }).waitFor()
  await mia.page.keyboard.press('ArrowDown')
  await mia.page.keyboard.press('Enter')
  expect(await query.inputValue()).toBe('金额 ')
  await query.pressSequentially('> 10000 AND 测试人 = currentUser()')
  await card(mia.page, '导出变慢').waitFor({ state: 'detached' })
  await card(mia.page, '登录失败').waitFor()
  // Nothing new once it is archived; what there is stays in sight.
  const [first, ...others] = FIELDS
  const archived = [{ ...first, archived: true }, ...others]
  await command(li, { type: 'change_fields', project, fields: archived })
  await fields.getByText('This field is archived.').waitFor()
  expect(await amount.isDisabled()).toBe(true)
  await fields.getByRole('button', { name: 'Clear 金额' }).click()
  await amount.waitFor({ state: 'detached' })
  // A query that is open is asked again.
  await card(mia.page, '登录失败').waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

interface Named {
  id: string
  title: string
  fields?: Record<string, unknown>
}

const tasksOf = (person: Person) => get<Named[]>(person, '/tasks?project=ENG')

story('cards and lists show the fields that one chooses', async ({ pair: [li, mia] }) => {
  const project = await openProject(li)
  await command(li, { type: 'change_fields', project, fields: FIELDS })
  const [task] = (await tasksOf(li)).filter(({ title }) => title === '登录失败')
  const { member } = await get<{ member: { id: string } }>(mia, '/me')
  const fields = { amount: 12800.5, tester: member.id, page: 'https://a.example/', checked: true }
  await command(li, { type: 'update_task', task: task?.id, fields })
  await li.page.goto('/p/ENG/board')
  const shown = card(li.page, '登录失败')
  await shown.waitFor()
  expect(await shown.getByText('12,800.5').count()).toBe(0)
  await li.page.getByRole('button', { name: 'Display' }).click()
  for (const name of ['金额', '测试人', '已验收'])
    await li.page.getByRole('menuitemcheckbox', { name }).click()
  await li.page.keyboard.press('Escape')
  await shown.getByText('12,800.5').waitFor()
  await shown.getByRole('definition').getByText('Mia').waitFor()
  await shown.getByText('已验收').waitFor()
  expect(await shown.getByText('a.example').count()).toBe(0)
  // What others change shows at once; nothing stands where there is nothing.
  await command(mia, { type: 'update_task', task: task?.id, fields: { amount: 3 } })
  await shown.getByText('3', { exact: true }).waitFor()
  expect(await card(li.page, '导出变慢').getByRole('definition').count()).toBe(0)
  expect(await violationsOf(li.page, 'fields on cards')).toEqual([])

  // Each face has its own, remembered on this device.
  await li.page.goto('/p/ENG/list')
  const row = li.page.getByRole('listitem', { name: 'ENG-1 登录失败' })
  await row.waitFor()
  expect(await row.getByText('Mia').count()).toBe(0)
  await li.page.getByRole('button', { name: 'Display' }).click()
  await li.page.getByRole('menuitemcheckbox', { name: '页面' }).click()
  await li.page.keyboard.press('Escape')
  await row.getByText('a.example').waitFor()
  await li.page.reload()
  await row.getByText('a.example').waitFor()
  expect(await violationsOf(li.page, 'fields in a list')).toEqual([])
  expectNoFaults(li, mia)
})

story('a new task has fields, and nothing typed is lost', async ({ pair: [li, mia] }) => {
  const project = await openProject(li)
  await command(li, { type: 'change_fields', project, fields: FIELDS })
  await li.page.goto('/p/ENG/board?pane=task:ENG-1')
  await card(li.page, '登录失败').waitFor()
  await li.page
    .getByRole('main')
    .getByRole('button', { name: 'New task', exact: true })
    .first()
    .click()
  const window = li.page.getByRole('dialog', { name: 'New task' })
  await window.getByRole('textbox', { name: 'Title' }).fill('报价')
  await window.getByRole('button', { name: 'More fields' }).click()
  const amount = window.getByRole('textbox', { name: '金额' })
  await amount.fill('贵')
  await amount.press('Enter')
  await window.getByText('Not saved: a number').waitFor()
  const create = window.getByRole('button', { name: 'Create task' })
  expect(await create.isDisabled()).toBe(true)
  await amount.fill('1200')
  await window.getByRole('textbox', { name: '页面' }).fill('a.example/x')
  await window.getByRole('checkbox', { name: '已验收' }).click()
  expect(await violationsOf(li.page, 'a new task with fields')).toEqual([])
  await create.click()
  await expect
    .poll(async () => (await tasksOf(mia)).find(({ title }) => title === '报价')?.fields)
    .toEqual({ amount: 1200, page: 'https://a.example/x', checked: true })

  const fields = pane(li.page).getByRole('region', { name: 'Custom fields' })
  const typed = fields.getByRole('textbox', { name: '金额' })
  await typed.fill('很贵')
  await pane(li.page).getByRole('button', { name: 'Close' }).click()
  await fields.waitFor({ state: 'detached' })
  await card(li.page, '登录失败').click()
  await fields.getByText('Not saved: a number').waitFor()
  expect(await typed.inputValue()).toBe('很贵')
  // A value is saved, also when its screen goes before the field is left.
  await typed.fill('42')
  await li.page.goBack()
  await fields.waitFor({ state: 'detached' })
  await expect
    .poll(async () => (await tasksOf(mia)).find(({ title }) => title === '登录失败')?.fields)
    .toEqual({ amount: 42 })
  expectNoFaults(li, mia)
})
