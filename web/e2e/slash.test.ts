// Commands that are typed instead of a message.

import { expect } from 'vitest'
import { command, get, type Person } from './people'
import { composer, message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

story('a channel is led by commands, and talk becomes a task', async ({ pair: [li, mia] }) => {
  const { page } = li
  await command(li, { type: 'create_project', key: 'ENG', name: 'Engineering' })
  const enter = async (words: string) => {
    await composer(page).fill(words)
    await composer(page).press('Enter')
  }

  await composer(page).pressSequentially('/to')
  await page.getByRole('option', { name: /\/topic/ }).click()
  await composer(page).pressSequentially('发布周')
  await composer(page).press('Enter')
  await mia.page.getByRole('main').getByRole('button', { name: '发布周' }).waitFor()

  // No project belongs to the channel: the window asks for one.
  await enter('/task 修好登录')
  const window = page.getByRole('dialog', { name: 'New task' })
  expect(await window.getByRole('textbox').first().inputValue()).toBe('修好登录')
  await page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })

  await enter('/taks 修好登录')
  await page.getByRole('alert').getByText('There is no command /taks').waitFor()
  expect(await composer(page).inputValue()).toBe('/taks 修好登录')
  await enter(' /taks 修好登录')
  await message(mia.page, '/taks 修好登录').waitFor()

  const [channel, project] = await Promise.all([first(li, '/channels'), first(li, '/projects')])
  await command(li, { type: 'add_feed', channel, project })
  await page.goto(`${page.url().split('?')[0]}?pane=info`)
  await pane(page).getByText('Engineering').waitFor()
  await enter('/任务 @Mia 更新证书')
  await message(mia.page, '@Mia 更新证书').getByText('ENG-1').first().waitFor()

  await enter('/status 🍜 午饭')
  await mia.page.getByRole('main').getByRole('img', { name: /午饭/ }).first().waitFor()

  await enter('/msg @Mia 明天见')
  await message(page, '明天见').waitFor()
  await mia.page.getByRole('link', { name: /李雷/ }).first().click()
  await message(mia.page, '明天见').waitFor()
  expectNoFaults(li, mia)
})

story(
  'threads and tasks take the commands that are not about a channel',
  async ({ pair: [li] }) => {
    const { page } = li
    await command(li, { type: 'create_project', key: 'ENG', name: 'Engineering' })
    const project = await first(li, '/projects')
    await command(li, { type: 'create_task', project, title: '班表导出' })
    await say(page, '周五聚餐')
    await message(page, '周五聚餐').focus()
    await page.keyboard.press('r')
    const box = pane(page).getByRole('textbox')
    const enter = async (words: string) => {
      await box.fill(words)
      await box.press('Enter')
    }
    await box.pressSequentially('/to')
    expect(await page.getByRole('option', { name: /\/topic/ }).count()).toBe(0)
    await enter('/topic 聚餐')
    await page.getByRole('alert').getByText('/topic is about the channel').waitFor()
    expect(await box.inputValue()).toBe('/topic 聚餐')
    await enter('/摊手 都行')
    await pane(page).getByText('都行 ¯').waitFor()
    await enter('/投票 几点？| 六点 | 七点')
    await page.getByRole('dialog').getByRole('button', { name: 'Post poll' }).click()
    await pane(page).getByRole('button', { name: /^七点/ }).waitFor()

    await page.goto('/t/ENG-1')
    const comment = page.getByRole('textbox', { name: 'Comment' })
    await comment.fill('/poll Which day? | Monday | Friday')
    await comment.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Post poll' }).click()
    await page.getByRole('button', { name: /^Friday/ }).waitFor()
    expectNoFaults(li)
  },
)

async function first(person: Person, path: string): Promise<string> {
  const items = await get<{ id: string }[]>(person, path)
  return items[0]?.id ?? ''
}
