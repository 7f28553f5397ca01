// Followed threads as a list, and replies that stand in their channel too.

import { expect } from 'vitest'
import { command, get, programOf, shared } from './people'
import { message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

story('followed threads are listed, what is new first', async ({ pair: [li, mia] }) => {
  await say(li.page, '发布方案')
  await say(li.page, '另一件事')
  const [channel] = await get<{ id: string }[]>(li, '/channels')
  const messages = await get<{ id: string; text: string }[]>(
    li,
    `/channels/${channel?.id}/messages`,
  )
  const root = messages.find(({ text }) => text === '发布方案')?.id
  // On a message, whose own key is the second of the two.
  await message(mia.page, '发布方案').focus()
  await mia.page.keyboard.press('g')
  await mia.page.keyboard.press('t')
  await mia.page.getByText('You follow no threads').waitFor()
  const reply = (text: string) => ({
    type: 'post_message',
    channel: channel?.id,
    thread: root,
    text,
  })
  await command(mia, reply('我来写'))
  await command(li, reply('好的'))
  const row = mia.page.getByRole('main').getByRole('button', { name: /发布方案/ })
  await row.getByText('1 new reply').waitFor({ state: 'attached' })
  await mia.page
    .getByRole('link', { name: /^Threads/ })
    .getByText('1 unread')
    .waitFor()
  await row.click()
  await pane(mia.page).getByText('好的').waitFor()
  // Looked at is read.
  await row.getByText('1 new reply').waitFor({ state: 'detached' })
  await pane(mia.page).getByRole('button', { name: 'Unfollow thread' }).click()
  await mia.page.getByText('You follow no threads').waitFor()
  expectNoFaults(li, mia)
})

story('a reply stands in its channel too', async ({ pair: [li, mia] }) => {
  await say(li.page, '发布方案')
  await message(li.page, '发布方案').focus()
  await li.page.keyboard.press('r')
  const box = pane(li.page).getByRole('textbox', { name: 'Reply' })
  await box.fill('只在话题里')
  await box.press('Enter')
  await message(mia.page, '发布方案').getByText('1 reply').waitFor()
  await box.fill('结论：周五发布')
  await pane(li.page)
    .getByRole('checkbox', { name: /^Also send to/ })
    .click()
  await box.press('Enter')
  const shown = message(mia.page, '结论：周五发布')
  await shown.getByRole('button', { name: 'replied in the thread “发布方案”' }).click()
  await pane(mia.page).getByText('只在话题里').waitFor()
  await pane(mia.page).getByText('结论：周五发布').waitFor()
  await message(mia.page, '只在话题里').waitFor({ state: 'detached' })
  // The next reply is for the thread alone.
  await pane(li.page)
    .getByRole('checkbox', { name: /^Also send to/, checked: false })
    .waitFor()
  expectNoFaults(li, mia)
})

story('a thread is settled and opened again', async ({ pair: [li, mia] }) => {
  await say(li.page, '谁来写发布说明？')
  await message(li.page, '谁来写发布说明').focus()
  await li.page.keyboard.press('r')
  const box = pane(li.page).getByRole('textbox', { name: 'Reply' })
  await box.fill('我来')
  await box.press('Enter')
  const root = message(mia.page, '谁来写发布说明')
  await root.getByText('1 reply').waitFor()
  await root.focus()
  await mia.page.keyboard.press('d')
  await root.getByText('Resolved').waitFor()
  await message(li.page, '谁来写发布说明').first().getByText('Resolved').waitFor()
  const line = pane(li.page).getByRole('status').filter({ hasText: 'Resolved by' })
  await line.waitFor()
  // A reply leaves it settled.
  await box.fill('还有一个问题')
  await box.press('Enter')
  await root.getByText('2 replies').waitFor()
  await root.getByText('Resolved').waitFor()
  await li.page.keyboard.press('Escape')
  await li.page.getByRole('link', { name: /^Threads/ }).click()
  const main = li.page.getByRole('main')
  await main.getByRole('tab', { name: 'Resolved' }).click()
  await main.getByRole('button', { name: /谁来写发布说明/ }).click()
  await main.getByRole('tab', { name: 'Open' }).click()
  await main.getByText('Nothing is open').waitFor()
  await line.getByRole('button', { name: 'Reopen' }).click()
  await main.getByRole('button', { name: /谁来写发布说明/ }).waitFor()
  await root.getByText('Resolved').waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

/** Of one thread; ten thousand take minutes to write, and are drawn no differently. */
const MANY = Number(process.env.TENON_REPLIES ?? 1_000)

story(
  'a thread of many replies opens at its newest, and leads to its first and back',
  async ({ pair: [li, mia], server }) => {
    await say(li.page, '年度复盘')
    const [channel] = await get<{ id: string }[]>(li, '/channels')
    const [root] = await get<{ id: string }[]>(li, `/channels/${channel?.id}/messages`)
    const reply = await programOf(mia, server)
    const say10k = (at: number) =>
      reply({ type: 'post_message', channel: channel?.id, thread: root?.id, text: `第 ${at} 条` })
    await say10k(1)
    await shared(
      Array.from({ length: MANY - 2 }, (_, at) => at + 2),
      say10k,
    )
    await say10k(MANY)

    const { page } = li
    await page.goto(`/c/${channel?.id}?pane=thread:${root?.id}`)
    const thread = pane(page)
    const words = (text: string) => thread.getByText(text, { exact: true })
    const drawn = () => thread.locator('article[data-message]').count()
    await words(`第 ${MANY} 条`).waitFor()
    await thread
      .getByText(`${MANY.toLocaleString('en-GB')} replies`)
      .last()
      .waitFor()
    expect(await drawn()).toBeLessThan(60)
    expect(await words('第 1 条').count()).toBe(0)

    // Up a little from the end: nothing pulls one back.
    await words(`第 ${MANY} 条`).hover()
    await page.mouse.wheel(0, -300)
    await thread.getByRole('button', { name: 'Newest replies' }).waitFor()

    // By keyboard to the first reply, on from there, and back.
    const first = thread.getByRole('button', { name: 'First reply' })
    await first.focus()
    await page.keyboard.press('Enter')
    await words('第 1 条').waitFor()
    await first.waitFor({ state: 'detached' })
    expect(await drawn()).toBeLessThan(60)
    await thread.locator('article[data-message]', { hasText: '第 1 条' }).hover()
    await page.mouse.wheel(0, 20_000)
    await expect.poll(async () => (await words('第 1 条').count()) === 0).toBe(true)
    expect(await drawn()).toBeLessThan(60)
    await thread.getByRole('button', { name: 'Newest replies' }).click()
    await words(`第 ${MANY} 条`).waitFor()
    await thread.getByRole('button', { name: 'Newest replies' }).waitFor({ state: 'detached' })

    // What comes then is followed; what one writes from further up leads there.
    await say10k(MANY + 1)
    await words(`第 ${MANY + 1} 条`).waitFor()
    await first.click()
    await words('第 1 条').waitFor()
    await thread.getByRole('textbox').fill('看完了')
    await page.keyboard.press('Enter')
    await words('看完了').waitFor()
    await words(`第 ${MANY + 1} 条`).waitFor()
    expectNoFaults(li, mia)
  },
  300_000,
)
