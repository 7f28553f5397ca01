// What is put aside: archived, deleted, found again, and taken back; seen by another at once.

import { expect } from 'vitest'
import { violationsOf } from './axe'
import { command, get, type Person } from './people'
import { card, column, pane } from './screen'
import { expectNoFaults, story } from './stage'

async function openProject(owner: Person): Promise<void> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(owner, '/projects')
  for (const title of ['旧任务', '误删的任务', '新任务'])
    await command(owner, { type: 'create_task', project: project?.id, title })
}

const TREE = { title: '改版', description: '原来的**样子**', priority: 'high' }

story('an archived task is read as it was, and leads on', async ({ pair: [li, mia] }) => {
  await command(li, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(li, '/projects')
  const make = (task: object) => command(li, { type: 'create_task', project: project?.id, ...task })
  await make(TREE)
  const [{ id: task } = { id: '' }] = await get<{ id: string }[]>(li, '/tasks?project=ENG')
  await make({ title: '首页', parent: task })
  await make({ title: '埋点' })
  const known = await get<{ id: string; title: string }[]>(li, '/tasks?project=ENG')
  const other = known.find(({ title }) => title === '埋点')?.id
  await command(li, { type: 'add_checklist_items', task, items: [{ text: '走查' }] })
  await command(li, { type: 'link_tasks', task, kind: 'relates', other })
  await command(li, { type: 'archive_task', task })
  // However the address is written.
  await mia.page.goto('/p/eng/board?pane=task:eng-1')
  const shown = pane(mia.page)
  await shown.getByText('This task is archived').waitFor()
  for (const name of [/^State/, /^Priority/, /^Assignees/])
    expect(await shown.getByRole('button', { name }).isDisabled()).toBe(true)
  expect(await shown.getByRole('checkbox', { name: '走查' }).isDisabled()).toBe(true)
  expect(await shown.getByRole('button', { name: 'Add an item' }).count()).toBe(0)
  expect(await violationsOf(mia.page, 'an archived task')).toEqual([])
  const links = shown.getByRole('region', { name: 'Links' })
  expect(await links.getByRole('link', { name: 'ENG-3 埋点' }).getAttribute('href')).toBe(
    '/t/ENG-3',
  )
  await shown.getByRole('link', { name: 'ENG-2 首页' }).click()
  await shown.getByRole('link', { name: 'Open ENG-1' }).click()
  await shown.getByText('This task is archived').waitFor()
  await shown.getByRole('button', { name: 'Restore' }).click()
  const isLocked = () => shown.getByRole('button', { name: /^Priority/ }).isDisabled()
  await expect.poll(isLocked).toBe(false)
  // Nor does anything change in a project that is archived.
  await command(li, { type: 'update_project', project: project?.id, archived: true })
  await shown.getByText('The project of this task is archived').waitFor()
  expect(await isLocked()).toBe(true)
  expectNoFaults(li, mia)
})

async function choose(person: Person, title: string, item: string): Promise<void> {
  await card(person.page, title).focus()
  await person.page.keyboard.press('Shift+F10')
  await person.page.getByRole('menuitem', { name: item }).click()
}

story('a task is archived, opened by its link, and restored', async ({ pair: [li, mia] }) => {
  await openProject(li)
  for (const { page } of [li, mia]) {
    await page.goto('/p/ENG/board')
    await card(page, '旧任务').waitFor()
  }
  await choose(li, '旧任务', 'Archive')
  await card(mia.page, '旧任务').waitFor({ state: 'detached' })
  // The toast takes it back.
  await li.page.getByRole('button', { name: 'Undo' }).click()
  await card(mia.page, '旧任务').waitFor()
  await choose(li, '旧任务', 'Archive')
  await card(mia.page, '旧任务').waitFor({ state: 'detached' })
  await mia.page.goto('/p/ENG/board?pane=task:ENG-1')
  await pane(mia.page).getByText('This task is archived').waitFor()
  await li.page.getByRole('button', { name: 'More', exact: true }).first().click()
  await li.page.getByRole('menuitem', { name: 'Archived tasks' }).click()
  const archive = li.page.getByRole('list', { name: 'Archived tasks' })
  await archive.getByText('旧任务').waitFor()
  await archive.getByText(/^Last changed /).waitFor()
  expect(await archive.getByRole('button', { name: 'Restore ENG-1' }).count()).toBe(1)
  expect(await violationsOf(li.page, 'the archive')).toEqual([])
  await pane(mia.page).getByRole('button', { name: 'Restore' }).click()
  await card(mia.page, '旧任务').waitFor()
  await archive.waitFor({ state: 'detached' })
  await li.page.getByText('No archived tasks').waitFor()
  expectNoFaults(li, mia)
})

story('a query shows what is archived, to be opened', async ({ pair: [li, mia] }) => {
  await openProject(li)
  const tasks = await get<{ id: string; title: string }[]>(li, '/tasks?project=ENG')
  const old = tasks.find(({ title }) => title === '旧任务')?.id
  await command(li, { type: 'archive_task', task: old })
  await mia.page.goto('/p/ENG/board')
  await card(mia.page, '新任务').waitFor()
  const query = mia.page.getByRole('combobox', { name: /^Filter: words/ })
  await query.fill('archived = true')
  await mia.page.keyboard.press('Enter')
  const found = column(mia.page, 'Archived tasks')
  await found.getByRole('link', { name: /^ENG-1 旧任务/ }).click()
  await pane(mia.page).getByText('This task is archived').waitFor()
  await card(mia.page, '新任务').waitFor({ state: 'detached' })
  expect(await violationsOf(mia.page, 'archived tasks on a board')).toEqual([])

  await mia.page.goto('/p/ENG/list?query=archived+%3D+true')
  const row = mia.page.getByRole('listitem', { name: 'ENG-1 旧任务' })
  await row.getByRole('img', { name: 'Archived' }).waitFor()
  expect(await row.getByRole('button').count()).toBe(0)
  await row.focus()
  await mia.page.keyboard.press('p')
  expect(await mia.page.getByRole('option', { name: 'Urgent' }).count()).toBe(0)
  expect(await violationsOf(mia.page, 'archived tasks in a list')).toEqual([])
  // Live: what comes back leaves, also what this page never held.
  await command(li, { type: 'delete_task', task: old })
  await row.waitFor({ state: 'detached' })
  await mia.page.getByText('No task fits the filter').waitFor()
  expectNoFaults(li, mia)
})

story('a deleted task says so, and comes back from the trash', async ({ pair: [li, mia] }) => {
  await openProject(li)
  for (const { page } of [li, mia]) {
    await page.goto('/p/ENG/board')
    await card(page, '误删的任务').waitFor()
  }
  await choose(li, '误删的任务', 'Delete task')
  await li.page.getByRole('button', { name: 'Delete task' }).click()
  await card(mia.page, '误删的任务').waitFor({ state: 'detached' })
  await mia.page.goto('/t/ENG-2')
  await mia.page.getByText('ENG-2 was deleted').waitFor()
  // However the address is written.
  await li.page.goto('/t/eng-2')
  await li.page.getByRole('button', { name: 'Open the trash' }).click()
  const trash = li.page.getByRole('list', { name: 'Trash' })
  await trash.getByText('误删的任务').waitFor()
  await trash.getByText(/^Deleted by 李雷 · .+ · will be erased for good on \S/).waitFor()
  expect(await violationsOf(li.page, 'the trash')).toEqual([])
  await trash.getByRole('button', { name: 'Restore ENG-2' }).click()
  await li.page.getByText('The trash is empty').waitFor()
  await mia.page.goto('/p/ENG/board')
  await card(mia.page, '误删的任务').waitFor()
  await expect.poll(() => li.page.getByText('ENG-2 restored').count()).toBe(1)
  expectNoFaults(li, mia)
})
