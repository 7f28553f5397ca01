// Talk becomes work: a message becomes a task, moves over the board, and everybody sees it.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { card, column, composer, focused, message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

interface Named {
  id: string
}

/** The project ENG, with the only channel bound to it and following it. */
async function openProject(owner: Person): Promise<{ project: string; channel: string }> {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<Named[]>(owner, '/projects')
  const [channel] = await get<Named[]>(owner, '/channels')
  const ids = { project: project?.id ?? '', channel: channel?.id ?? '' }
  await command(owner, { type: 'update_channel', ...ids })
  return ids
}

story('a message becomes a task with one key', async ({ pair: [li, mia] }) => {
  await openProject(li)
  await say(mia.page, '请@李雷 明天下午三点前修复登录页')
  await message(li.page, '修复登录页').focus()
  await li.page.keyboard.press('t')
  const form = li.page.getByRole('dialog', { name: 'Make task' })
  await expect.poll(() => form.getByLabel('Title').inputValue()).toBe('修复登录页')
  expect(await form.getByRole('button', { name: 'Project' }).textContent()).toContain('Engine')
  expect(await form.getByRole('button', { name: 'Assignees' }).textContent()).toContain('李雷')
  expect(await form.getByRole('button', { name: 'Due date' }).textContent()).toMatch(
    /15:00.*明天下午三点/,
  )
  await li.page.keyboard.press('Enter')
  for (const { page } of [li, mia]) {
    const chip = message(page, '修复登录页').getByRole('link', { name: /ENG-1/ })
    await chip.getByText('To do').waitFor()
    await chip.getByText('@李雷').waitFor()
  }

  await message(mia.page, '修复登录页').focus()
  await mia.page.keyboard.press('t')
  const again = mia.page.getByRole('dialog', { name: 'Make task' })
  await again.getByText('This message is already').waitFor()
  await again.getByRole('link', { name: /ENG-1/ }).waitFor()
  const open = again.getByRole('button', { name: 'Open task' })
  // The focus is on it, so that no card of the link lies over it.
  await expect.poll(() => open.evaluate((it) => it === document.activeElement)).toBe(true)
  await open.click()
  await pane(mia.page).getByText('请@李雷 明天下午三点前修复登录页').waitFor()
  const tasks = await get<Named[]>(li, '/tasks?project=ENG')
  expect(tasks).toHaveLength(1)
  expectNoFaults(li, mia)
})

story('several messages become one task', async ({ pair: [li, mia] }) => {
  await openProject(li)
  for (const words of ['登录页打不开', 'Only in Safari, since Monday', 'lunch?', '明天修好']) {
    await say(mia.page, words)
  }
  const bar = li.page.getByRole('toolbar', { name: 'Selected messages' })
  await message(li.page, '登录页打不开').focus()
  await li.page.keyboard.press('x')
  await bar.getByText('1 selected').waitFor()
  await li.page.keyboard.press('Shift+ArrowDown')
  await li.page.keyboard.press('Shift+ArrowDown')
  await bar.getByText('3 selected').waitFor()
  await li.page.keyboard.press('Shift+ArrowUp')
  await bar.getByText('2 selected').waitFor()
  await message(li.page, '明天修好').click()
  await bar.getByText('3 selected').waitFor()
  await li.page.keyboard.press('x')
  await li.page.keyboard.press('t')
  const form = li.page.getByRole('dialog', { name: 'Make task' })
  await expect.poll(() => form.getByLabel('Title').inputValue()).toBe('登录页打不开')
  const quoted = form.getByRole('list', { name: 'Quoted messages' }).getByRole('listitem')
  expect(await quoted.allTextContents()).toEqual([
    'Mia 登录页打不开',
    'Mia Only in Safari, since Monday',
  ])
  await li.page.keyboard.press('Enter')
  await bar.waitFor({ state: 'detached' })
  for (const { page } of [li, mia]) {
    await message(page, '登录页打不开').getByRole('link', { name: /ENG-1/ }).waitFor()
    await message(page, 'Only in Safari').getByRole('link', { name: /ENG-1/ }).waitFor()
  }
  await message(mia.page, '登录页打不开').getByRole('link', { name: /ENG-1/ }).click()
  await pane(mia.page).getByText('Only in Safari, since Monday').waitFor()
  await pane(mia.page).getByText('登录页打不开').last().waitFor()
  expect(await pane(mia.page).getByText('lunch?').count()).toBe(0)
  expect(await get<Named[]>(li, '/tasks?project=ENG')).toHaveLength(1)
  expectNoFaults(li, mia)
})

story(
  'what is selected is let go with Escape, and nothing typed is lost',
  async ({ pair: [li] }) => {
    await say(li.page, 'one')
    await say(li.page, 'two')
    await composer(li.page).fill('half a thought')
    await message(li.page, 'one').click({ modifiers: ['Shift'] })
    const bar = li.page.getByRole('toolbar', { name: 'Selected messages' })
    await bar.getByText('1 selected').waitFor()
    await message(li.page, 'two').click({ modifiers: ['Shift'] })
    await bar.getByText('2 selected').waitFor()
    await li.page.keyboard.press('Escape')
    await bar.waitFor({ state: 'detached' })
    expect(await composer(li.page).inputValue()).toBe('half a thought')
  },
)

story('a finger selects messages too', async ({ pair: [li] }) => {
  const { page } = li
  await openProject(li)
  await say(page, '登录页打不开')
  await say(page, 'Only in Safari')
  await page.setViewportSize({ width: 390, height: 844 })
  await message(page, '登录页打不开').dispatchEvent('pointerdown', { pointerType: 'touch' })
  await page.getByRole('dialog').getByRole('button', { name: 'Select' }).click()
  await page.getByText('1 selected').waitFor()
  await message(page, 'Only in Safari').click()
  await page.getByText('2 selected').waitFor()
  await page.getByRole('button', { name: 'Make one task' }).click()
  const form = page.getByRole('dialog', { name: 'Make task' })
  await form.getByRole('button', { name: 'Make task' }).click()
  await message(page, '登录页打不开').getByRole('link', { name: /ENG-1/ }).waitFor()
  await composer(page).waitFor()
  expectNoFaults(li)
})

story('a card that moves on one board moves everywhere', async ({ pair: [li, mia] }) => {
  const { project, channel } = await openProject(li)
  await command(li, { type: 'add_feed', project, channel })
  await command(li, { type: 'create_task', project, title: '班表导出' })
  await command(li, { type: 'create_task', project, title: 'Offline roster' })
  const watcher = await mia.context.newPage()
  await watcher.goto(`/c/${channel}`)
  const live = message(watcher, '班表导出')
  await live.getByText('To do').waitFor()
  await li.page.goto('/p/ENG/board')
  await mia.page.goto('/p/ENG/board')
  await card(column(mia.page, 'To do'), '班表导出').waitFor()

  await card(column(li.page, 'To do'), '班表导出').dragTo(column(li.page, 'In progress'), {
    targetPosition: { x: 100, y: 120 },
  })
  await card(column(li.page, 'In progress'), '班表导出').waitFor()
  await card(column(mia.page, 'In progress'), '班表导出').waitFor()
  await live.getByText('In progress').waitFor()

  await card(mia.page, 'Offline roster').focus()
  await mia.page.keyboard.press('Space')
  await mia.page.keyboard.press('ArrowRight')
  await focused(column(mia.page, 'In progress')).waitFor()
  await mia.page.keyboard.press('Space')
  await card(column(li.page, 'In progress'), 'Offline roster').waitFor()
  await message(watcher, 'Offline roster').getByText('In progress').waitFor()
  await card(mia.page, 'Offline roster').focus()
  await mia.page.keyboard.press('Alt+ArrowRight')
  await card(column(li.page, 'In review'), 'Offline roster').waitFor()
  expect(await watcher.locator('article[data-message]', { hasText: '班表导出' }).count()).toBe(1)
  expectNoFaults(li, mia)
})

story('a key that is written anywhere shows the task as it is', async ({ pair: [li, mia] }) => {
  const { project } = await openProject(li)
  await command(li, { type: 'create_task', project, title: '班表导出' })
  await composer(mia.page).fill('看一下 ENG-1，谢谢')
  await composer(mia.page).press('Enter')
  const chip = message(li.page, '看一下').getByRole('link', { name: /ENG-1/ })
  await chip.getByText('To do').waitFor()
  await chip.click()
  await pane(li.page).getByRole('button', { name: /State/ }).click()
  await li.page.getByRole('option', { name: 'Done' }).click()
  await message(mia.page, '看一下').getByRole('link', { name: /ENG-1/ }).getByText('Done').waitFor()
  await composer(li.page).waitFor()
})
