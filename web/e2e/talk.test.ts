// Coming in and talking: what one browser does, the other shows at once.

import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { command, get } from './people'
import { composer, delivered, fillPerson, message, pane, say } from './screen'
import { expectNoFaults, story } from './stage'

story('the first person sets up and invites the second', async ({ strangers: [li, mia] }) => {
  await li.page.goto('/')
  await li.page.getByLabel('Name of the workspace').fill('山茶 Camellia')
  await fillPerson(li, '李雷', 'li@tenon.example')
  await li.page.getByRole('button', { name: 'Create workspace' }).click()
  await li.page.getByRole('button', { name: 'Skip' }).click()
  await composer(li.page).waitFor()
  await li.page.getByRole('button', { name: /You and your settings/ }).click()
  await li.page.getByRole('menuitem', { name: 'Invite people' }).click()
  await li.page.getByRole('button', { name: /^Invite/ }).click()
  const dialog = li.page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Create/ }).click()
  const link = await dialog.getByLabel('Invitation link').inputValue()

  await mia.page.goto(link)
  await mia.page.getByRole('heading', { name: '李雷 invites you to 山茶 Camellia' }).waitFor()
  await fillPerson(mia, 'Mia', 'mia@tenon.example')
  await mia.page.getByRole('button', { name: 'Join' }).click()
  await mia.page.getByRole('button', { name: /^山茶 Camellia/ }).waitFor()
  await mia.page.reload()
  await mia.page.getByRole('button', { name: /^山茶 Camellia/ }).waitFor()
  expectNoFaults(li, mia)
})

story(
  'two people talk: messages, threads, reactions, edits and typing are live',
  async ({ pair: [li, mia] }) => {
    await say(li.page, '早上好 Mia')
    await message(mia.page, '早上好 Mia').waitFor()
    await composer(mia.page).pressSequentially('Good')
    await li.page.getByText('Mia is typing').waitFor()
    await composer(mia.page).fill('Good morning')
    await composer(mia.page).press('Enter')
    await message(li.page, 'Good morning').waitFor()
    // A screen reader says what comes, once, and neither one's own words nor what was there.
    const heard = li.page.getByRole('main').getByRole('log', { name: 'New messages' })
    await expect
      .poll(() => heard.getByRole('paragraph').allTextContents())
      .toEqual(['Mia: Good morning'])

    await message(li.page, 'Good morning').focus()
    await li.page.keyboard.press('r')
    await pane(li.page).getByRole('textbox').fill('今天发版吗？')
    await li.page.keyboard.press('Enter')
    await message(mia.page, 'Good morning')
      .getByRole('button', { name: /1 reply/ })
      .click()
    await pane(mia.page).getByText('今天发版吗？').waitFor()
    await pane(mia.page).getByRole('textbox').fill('Yes, at four')
    await mia.page.keyboard.press('Enter')
    await pane(li.page).locator('article', { hasText: 'Yes, at four' }).waitFor()
    await pane(li.page).getByRole('log').getByText('Mia: Yes, at four').waitFor()
    await message(li.page, 'Good morning')
      .getByRole('button', { name: /2 replies/ })
      .waitFor()

    await message(mia.page, '早上好 Mia').focus()
    await mia.page.keyboard.press('+')
    await mia.page.getByRole('combobox', { name: 'Find an emoji' }).fill('tada')
    await mia.page.keyboard.press('Enter')
    await message(li.page, '早上好 Mia').getByRole('button', { name: /^🎉 1/ }).click()
    await message(mia.page, '早上好 Mia').getByRole('button', { name: /^🎉 2/ }).waitFor()

    await message(li.page, '早上好 Mia').focus()
    await li.page.keyboard.press('e')
    const editor = li.page.getByRole('textbox', { name: 'Edit message' })
    await editor.fill('早上好 Mia，发版改到五点')
    await editor.press('Enter')
    await message(mia.page, '发版改到五点').getByText('(edited)').waitFor()
    expectNoFaults(li, mia)
  },
)

story(
  'what one has not read is counted, and reading it takes the count away everywhere',
  async ({ pair: [li, mia] }) => {
    await mia.page.goto('/my-work')
    await say(li.page, 'one')
    await say(li.page, 'two')
    const row = mia.page.getByRole('link', { name: /general/ })
    await row.getByText('2 unread messages').waitFor()
    await say(li.page, '请@Mia看下')
    await row.getByText('1 mention of you').waitFor()
    await row.click()
    await message(mia.page, '看下').waitFor()
    await row.getByText('mention of you').waitFor({ state: 'detached' })
  },
)

story('much that was missed is told, and one button leads to where it began', async ({ pair }) => {
  const [li, mia] = pair
  await command(li, { type: 'create_channel', kind: 'public', name: 'news' })
  const channels = await get<{ id: string; name: string }[]>(li, '/channels')
  const channel = channels.find(({ name }) => name === 'news')?.id
  await command(li, { type: 'post_message', channel, text: 'before' })
  const [me] = (await get<{ id: string; name: string }[]>(mia, '/members')).filter(
    ({ name }) => name === 'Mia',
  )
  await command(li, { type: 'add_channel_member', channel, member: me?.id })
  for (let number = 1; number <= 80; number++) {
    await command(li, { type: 'post_message', channel, text: `news ${number}.` })
  }
  const row = mia.page.getByRole('link', { name: /news/ })
  await row.getByText('80 unread messages').waitFor()
  await row.click()
  await message(mia.page, 'news 80.').waitFor()
  expect(await mia.page.getByRole('separator', { name: 'New messages from here' }).count()).toBe(0)
  await mia.page.getByRole('button', { name: /^80 new since \d\d:\d\d/ }).click()
  await message(mia.page, 'news 1.').waitFor()
  await message(mia.page, 'before').waitFor()
  await mia.page.getByRole('separator', { name: 'New messages from here' }).waitFor()
  await mia.page.getByRole('button', { name: /^80 new since/ }).waitFor({ state: 'detached' })
  await mia.page.getByRole('button', { name: /Newest|new message/ }).click()
  await message(mia.page, 'news 80.').waitFor()
  expectNoFaults(li, mia)
})

story('Enter that belongs to a Chinese input method never sends', async ({ pair: [li] }) => {
  await composer(li.page).click()
  const cdp = await li.context.newCDPSession(li.page)
  const compose = (text: string) =>
    cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  await compose('ni')
  await compose('nihao')
  // While something is composed the browser reports keys as 229, "Process".
  const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 }
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await cdp.send('Input.insertText', { text: '你好' })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter' })
  await expect.poll(() => composer(li.page).inputValue()).toBe('你好')
  expect(await li.page.locator('article[data-message]').count()).toBe(0)
  await composer(li.page).press('Enter')
  await delivered(li.page, '你好')
  expect(await composer(li.page).inputValue()).toBe('')
  expect(await li.page.locator('article[data-message]').count()).toBe(1)
})

story('marks piled on a letter paint over nobody', async ({ pair: [li] }) => {
  const { page } = li
  await say(page, '这是邻居说的话')
  const [channel] = await get<{ id: string }[]>(li, '/channels')
  const text = `a${'\u0301'.repeat(5_000)}${'\u0316'.repeat(5_000)} 完`
  await command(li, { type: 'post_message', channel: channel?.id, text })
  const piled = message(page, '完')
  await piled.waitFor()
  await say(page, '这是另一个邻居')
  await page.getByRole('main').getByRole('heading', { level: 1 }).click()
  const shown = (how: 'visible' | 'hidden') =>
    piled.evaluate((row, value) => {
      row.style.visibility = value
    }, how)
  // Its neighbours look the same whether it is there or not.
  for (const words of ['这是邻居说的话', '这是另一个邻居']) {
    const isSame = async () => {
      await shown('hidden')
      const without = await message(page, words).screenshot()
      await shown('visible')
      return (await message(page, words).screenshot()).equals(without)
    }
    await expect.poll(isSame).toBe(true)
  }
  expectNoFaults(li)
})

story(
  'a mention of everybody asks first, and says when nobody would be told',
  async ({ pair: [li] }) => {
    const { page } = li
    // So many people in the channel as the server would list.
    let crowd = 0
    const people = (count: number) => {
      crowd = count
      return page.reload()
    }
    await page.route('**/api/v1/channels/*/members*', (route) =>
      route.fulfill({ json: { items: Array.from({ length: crowd }, () => randomUUID()) } }),
    )
    const dialog = page.getByRole('alertdialog')
    await people(50)
    await page.getByRole('button', { name: '50 people' }).waitFor()
    await say(page, '@channel 五十')

    await people(60)
    await page.getByRole('button', { name: '60 people' }).waitFor()
    await composer(page).pressSequentially('@cha')
    await page.getByRole('option', { name: /@channel tell everyone.*60 people/ }).waitFor()
    await page.keyboard.press('Enter')
    await composer(page).pressSequentially('六十')
    await page.keyboard.press('Enter')
    await dialog.getByText('Notify 60 people?').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await message(page, '六十').count()).toBe(0)
    await composer(page).press('Enter')
    await dialog.getByRole('button', { name: 'Send and notify' }).click()
    await delivered(page, '六十')

    await people(1_001)
    await page.getByRole('button', { name: /^1,?001 people/ }).waitFor()
    await composer(page).pressSequentially('@cha')
    await page.getByRole('option', { name: /notifies nobody here.*1,?001 people/ }).waitFor()
    await page.keyboard.press('Enter')
    await composer(page).pressSequentially('一千')
    await page.keyboard.press('Enter')
    await dialog.getByText('@channel is too large to notify').waitFor()
    await dialog.getByText(/it will notify nobody/).waitFor()
    await dialog.getByRole('button', { name: 'Send anyway' }).click()
    await delivered(page, '一千')
    expectNoFaults(li)
  },
)
