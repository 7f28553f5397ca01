// What is put aside: archived, deleted, found again, and taken back; seen by another at once.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { card, pane } from './screen'
import { expectNoFaults, story } from './stage'

async function openProject(owner: Person): Promise<void> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<{ id: string }[]>(owner, '/projects')
  for (const title of ['旧任务', '误删的任务', '新任务'])
    await command(owner, { type: 'create_task', project: project?.id, title })
}

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
  await li.page.getByRole('menuitem', { name: 'Archive' }).click()
  const archive = li.page.getByRole('list', { name: 'Archive' })
  await archive.getByText('旧任务').waitFor()
  await pane(mia.page).getByRole('button', { name: 'Restore' }).click()
  await card(mia.page, '旧任务').waitFor()
  await archive.waitFor({ state: 'detached' })
  await li.page.getByText('Nothing is archived').waitFor()
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
  await li.page.goto('/t/ENG-2')
  await li.page.getByRole('button', { name: 'Open the trash' }).click()
  const trash = li.page.getByRole('list', { name: 'Trash' })
  await trash.getByText('误删的任务').waitFor()
  await trash.getByRole('button', { name: 'Restore' }).click()
  await li.page.getByText('The trash is empty').waitFor()
  await mia.page.goto('/p/ENG/board')
  await card(mia.page, '误删的任务').waitFor()
  await expect.poll(() => li.page.getByText('ENG-2 restored').count()).toBe(1)
  expectNoFaults(li, mia)
})
