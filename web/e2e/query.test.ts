// A board and a list are narrowed by a query: written with completion, wrong in a place that is
// shown, kept in the address, and live.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { card } from './screen'
import { expectNoFaults, story } from './stage'

interface Named {
  id: string
  key: string
}

async function openProject(owner: Person): Promise<string> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<Named[]>(owner, '/projects')
  const tasks = [
    { title: '登录页打不开', priority: 'urgent', labels: ['bug'] },
    { title: 'Export as CSV', priority: 'low', labels: ['bug'] },
    { title: 'Rotate the keys' },
  ]
  for (const task of tasks) {
    await command(owner, { type: 'create_task', project: project?.id, ...task })
  }
  return project?.id ?? ''
}

const field = ({ page }: Person) => page.getByRole('combobox', { name: /^Filter: words/ })

story('a query narrows a board, and is shared by its address', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await li.page.goto('/p/ENG/board')
  await card(li.page, 'Rotate the keys').waitFor()
  await field(li).pressSequentially('lab')
  await li.page.getByRole('option', { name: 'label', exact: true }).waitFor()
  await li.page.keyboard.press('ArrowDown')
  await li.page.keyboard.press('Enter')
  expect(await field(li).inputValue()).toBe('label ')
  await field(li).pressSequentially('= bug AND priority > low')
  await card(li.page, 'Export as CSV').waitFor({ state: 'detached' })
  await card(li.page, 'Rotate the keys').waitFor({ state: 'detached' })
  await card(li.page, '登录页打不开').waitFor()
  await expect.poll(() => new URL(li.page.url()).searchParams.get('query')).toContain('priority')

  const { pathname, search } = new URL(li.page.url())
  await mia.page.goto(pathname + search)
  await card(mia.page, '登录页打不开').waitFor()
  await card(mia.page, 'Export as CSV').waitFor({ state: 'detached' })
  expect(await field(mia).inputValue()).toContain('label = bug')

  const [, second] = await get<Named[]>(li, '/tasks?project=ENG&order=created')
  await command(li, { type: 'update_task', task: second?.id, priority: 'high' })
  for (const { page } of [li, mia]) await card(page, 'Export as CSV').waitFor()
  await command(li, { type: 'update_task', task: second?.id, labels: [] })
  for (const { page } of [li, mia]) {
    await card(page, 'Export as CSV').waitFor({ state: 'detached' })
    await card(page, '登录页打不开').waitFor()
  }
  expectNoFaults(li, mia)
})

story('what pickers choose is in the address too', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await li.page.goto('/p/ENG/list')
  await li.page.getByText('Rotate the keys').waitFor()
  await li.page.getByRole('button', { name: 'Labels' }).click()
  await li.page.getByRole('option', { name: 'bug' }).click()
  await li.page.keyboard.press('Escape')
  await li.page.getByText('Rotate the keys').waitFor({ state: 'detached' })
  await field(li).fill('due IS EMPTY ORDER BY title DESC')
  await li.page.keyboard.press('Enter')
  await li.page.getByText('As the query says').waitFor()
  const said = 'label IN (bug) AND (due IS EMPTY) ORDER BY title DESC'
  await expect.poll(() => new URL(li.page.url()).searchParams.get('query')).toBe(said)

  const { pathname, search } = new URL(li.page.url())
  await mia.page.goto(pathname + search)
  await mia.page.getByText('登录页打不开').waitFor()
  await mia.page.getByText('Rotate the keys').waitFor({ state: 'detached' })
  expect(await field(mia).inputValue()).toBe('due IS EMPTY ORDER BY title DESC')
  await mia.page.getByRole('button', { name: 'Labels' }).getByText('bug').waitFor()
  const titles = mia.page.getByText(/^(Export as CSV|登录页打不开)$/)
  await expect.poll(() => titles.allTextContents()).toEqual(['登录页打不开', 'Export as CSV'])
  expectNoFaults(li, mia)
})

story('my work is narrowed by words and by a query', async ({ pair: [li] }) => {
  const project = await openProject(li)
  const { member } = await get<{ member: { id: string } }>(li, '/me')
  for (const title of ['Order paper', 'Call the bank']) {
    const due = title === 'Order paper' ? '2020-01-01' : undefined
    await command(li, { type: 'create_task', project, title, due, assignees: [member.id] })
  }
  const { page } = li
  await page.goto('/my-work')
  await page.getByText('Call the bank').waitFor()
  await field(li).fill('paper')
  await page.getByText('Call the bank').waitFor({ state: 'detached' })
  await field(li).fill('due IS EMPTY')
  await page.keyboard.press('Enter')
  await page.getByText('Order paper').waitFor({ state: 'detached' })
  await page.getByText('Call the bank').waitFor()
  await field(li).fill('label = nothing')
  await page.keyboard.press('Enter')
  await page.getByText('No task fits the filter').waitFor()
  expectNoFaults(li)
})

story('what is wrong with a query is shown in its place', async ({ pair: [li] }) => {
  await openProject(li)
  const { page } = li
  await page.goto('/p/ENG/list')
  await page.getByText('Rotate the keys').waitFor()
  await field(li).fill('owner = li')
  await page.keyboard.press('Enter')
  const fault = page.getByRole('alert')
  await fault.getByText('There is no field “owner”.').waitFor()
  expect(await fault.locator('mark').textContent()).toBe('owner')
  expect(await field(li).getAttribute('aria-invalid')).toBe('true')
  await page.getByText('Rotate the keys').waitFor()

  await field(li).fill('keys')
  await page.getByText('Export as CSV').waitFor({ state: 'detached' })
  await page.getByText('Rotate the keys').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await page.getByText('Export as CSV').waitFor()
  await page.getByRole('option', { name: 'owner = li' }).waitFor()
})
