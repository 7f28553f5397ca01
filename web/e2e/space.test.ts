// A space: made, filled, joined; how far its projects are; what a guest sees of a workspace.

import { expect } from 'vitest'
import { get, post, visitor } from './people'
import { fillPerson, message, say } from './screen'
import { expectNoFaults, story } from './stage'

story('two departments share a space and see how far they are', async ({ pair: [li, mia] }) => {
  const { page } = li
  const dialog = page.getByRole('dialog')
  await page.getByRole('link', { name: 'Spaces' }).click()
  await page.getByRole('button', { name: 'New space' }).click()
  await dialog.getByLabel('Name').fill('新品上市')
  await dialog.getByRole('combobox', { name: 'People' }).fill('mia')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Create space' }).click()
  await page.getByRole('heading', { name: '新品上市' }).waitFor()

  // A channel and a project are made in it.
  await page.getByRole('button', { name: 'New channel here' }).click()
  await dialog.getByLabel('Name').fill('launch')
  await dialog.getByRole('button', { name: 'Create', exact: true }).click()
  await say(page, '开工')
  const mine = page.getByRole('navigation', { name: 'Side bar' })
  const section = mine.getByRole('region', { name: '新品上市' })
  await section.getByRole('link', { name: /launch/ }).waitFor()
  await page.getByRole('link', { name: 'Spaces' }).click()
  await page.getByRole('link', { name: '新品上市' }).click()
  await page.getByRole('button', { name: 'New project here' }).click()
  await dialog.getByLabel('Name').fill('Poster')
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await page.getByRole('main').getByText('Poster').first().waitFor()
  await section.getByRole('link', { name: /Poster/ }).waitFor()

  // Who was put in sees it at once, and joins its channel from the overview.
  const side = mia.page.getByRole('navigation', { name: 'Side bar' })
  await side.getByRole('region', { name: '新品上市' }).waitFor()
  await mia.page.getByRole('link', { name: 'Spaces' }).click()
  await mia.page.getByRole('link', { name: '新品上市' }).click()
  const channels = mia.page.getByRole('region', { name: 'Channels' }).filter({ hasText: 'launch' })
  await channels.last().getByRole('button', { name: 'Join' }).click()
  await side
    .getByRole('region', { name: '新品上市' })
    .getByRole('link', { name: /launch/ })
    .waitFor()
  await mia.page.getByText('No tasks yet.').waitFor()

  // The overview follows what happens on the board.
  const [project] = await get<{ id: string }[]>(li, '/projects')
  const task = { project: project?.id, title: 'Print' }
  const { id } = await post<{ id: string }>(li, '/tasks', task)
  await mia.page.getByText('Not begun 1').waitFor()
  await post(li, `/tasks/${id}/transitions`, { state: 'done' })
  await mia.page.getByText('Done 1').waitFor()
  await mia.page.getByRole('img', { name: '100% done' }).waitFor()

  // It is folded for oneself, and stays so.
  await section.getByRole('button', { name: 'Show or hide 新品上市' }).click()
  await section.getByRole('link', { name: /launch/ }).waitFor({ state: 'detached' })
  await page.reload()
  await section.waitFor()
  expect(await section.getByRole('link', { name: /launch/ }).count()).toBe(0)
  await side.getByRole('link', { name: /launch/ }).click()
  await message(mia.page, '开工').waitFor()
  expectNoFaults(li, mia)
})

story('a department is in what follows it, and everyone sees why', async ({ pair: [li, mia] }) => {
  const { page } = li
  const dialog = page.getByRole('dialog')
  const members = await get<{ id: string; name: string }[]>(li, '/members')
  const idOf = (name: string) => members.find((member) => member.name === name)?.id
  const department = { kind: 'department', name: '设计部', members: [idOf('Mia')] }
  const { id: group } = await post<{ id: string }>(li, '/groups', department)
  const { id: space } = await post<{ id: string }>(li, '/spaces', {
    name: '新品上市',
    kind: 'closed',
  })
  await post(li, '/channels', { name: 'launch', kind: 'public', space })
  const side = mia.page.getByRole('navigation', { name: 'Side bar' })

  // The space follows the department, found by its sound: its people are there at once.
  await page.getByRole('link', { name: 'Spaces' }).click()
  await page.getByRole('link', { name: '新品上市' }).click()
  await page.getByRole('button', { name: 'Menu of the space' }).click()
  await page.getByRole('menuitem', { name: 'Follow groups' }).click()
  await dialog.getByRole('combobox', { name: 'Followed groups' }).fill('sjb')
  // How names sound is loaded when it is first asked for.
  await page.getByRole('option', { name: /设计部/ }).waitFor()
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Remove 设计部' }).waitFor()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await side.getByRole('region', { name: '新品上市' }).waitFor()
  const people = page.getByRole('region', { name: 'People' })
  const row = people.getByRole('listitem').filter({ hasText: 'Mia' })
  await row.getByText('via 设计部').waitFor()
  await people.getByRole('listitem').filter({ hasText: '李雷' }).getByText('by name').waitFor()

  // Nobody is taken out who belongs there: it says what to do instead.
  await row.getByRole('button', { name: 'Remove Mia' }).click()
  await dialog.getByText('Mia is here through 设计部.', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()

  // A channel in it follows its space.
  await page
    .getByRole('navigation', { name: 'Side bar' })
    .getByRole('link', { name: /launch/ })
    .click()
  await page.getByRole('button', { name: 'Channel menu' }).click()
  await page.getByRole('menuitem', { name: 'Manage channel' }).click()
  await page.getByRole('menuitem', { name: 'Follow groups' }).click()
  await dialog.getByRole('switch', { name: 'Everyone in 新品上市 is in this channel' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const launch = side
    .getByRole('region', { name: '新品上市' })
    .getByRole('link', { name: /launch/ })
  await launch.waitFor()

  // The group says what follows it; who leaves it leaves all of that.
  await page.goto(`/people/${group}`)
  const followers = page.getByRole('region', { name: 'Followed by' })
  await followers.getByRole('link', { name: '新品上市' }).waitFor()
  await page.getByRole('button', { name: 'Take Mia out of the group' }).click()
  await side.getByRole('region', { name: '新品上市' }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Group menu' }).click()
  await page.getByRole('menuitem', { name: 'Delete group' }).click()
  await page.getByRole('alertdialog').getByText('新品上市 follow it', { exact: false }).waitFor()
  expectNoFaults(li, mia)
})

story(
  'a guest is where they were invited to, and nowhere else',
  async ({ browser, server, pair }) => {
    const [li, mia] = pair
    const make = (name: string, kind: string) =>
      post<{ id: string }>(li, '/channels', { name, kind })
    const shared = await make('客户项目', 'private')
    const inside = await make('内部讨论', 'public')
    await li.page.goto(`/c/${inside.id}`)
    await say(li.page, '报价的底线')
    await li.page.goto(`/c/${shared.id}`)
    await say(li.page, '报价在附件里')
    const invitation = { role: 'guest', channels: [shared.id] }
    const { secret } = await post<{ secret: string }>(li, '/invitations', invitation)
    const kim = await visitor(browser, server)
    const { page } = kim
    await page.goto(`/invite/${secret}`)
    await fillPerson(kim, 'Kim', 'kim@client.example')
    await page.getByRole('button', { name: 'Join' }).click()
    const bar = page.getByRole('navigation', { name: 'Side bar' })
    await bar.getByRole('link', { name: /客户项目/ }).click()
    await message(page, '报价在附件里').waitFor()
    await say(page, '收到，谢谢')
    await message(li.page, '收到，谢谢').waitFor()

    // Of the rest of the workspace nothing: no row, no address, nothing found.
    expect(await bar.getByRole('link', { name: /内部讨论|general/ }).count()).toBe(0)
    const seen = await get<{ name: string }[]>(kim, '/channels')
    expect(seen.map(({ name }) => name)).toEqual(['客户项目'])
    await page.goto(`/c/${inside.id}`)
    await page.getByRole('button', { name: 'Back to start' }).waitFor()
    const finds = async (person: typeof kim) => {
      await person.page.goto('/search?q=报价')
      await person.page.locator('[data-result], .late').first().waitFor()
      return person.page.getByRole('list', { name: 'Results' }).locator('mark').count()
    }
    await expect.poll(() => finds(li)).toBe(2)
    await expect.poll(() => finds(kim)).toBe(1)
    for (const place of ['/settings/people', '/settings/invitations', '/settings/storage']) {
      await page.goto(place)
      await page.getByRole('link', { name: 'Notifications' }).first().waitFor()
      expect(await page.locator(`a[href="${place}"]`).count()).toBe(0)
    }
    expectNoFaults(li, mia, kim)
    await kim.context.close()
  },
)
