// What people do every day with channels and messages, each in a few steps: archive and restore,
// mark unread, write to two at once, fold what is long, format what they write.

import { expect } from 'vitest'
import { command, get, join, post, visitor } from './people'
import { composer, message, say } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'a channel is archived and restored, and its name shows all it is',
  async ({ pair: [li, mia] }) => {
    const { id } = await post<{ id: string }>(li, '/channels', { name: '旧项目', kind: 'public' })
    const people = await get<{ id: string; name: string }[]>(li, '/members')
    const member = people.find(({ name }) => name === 'Mia')?.id
    await command(li, { type: 'add_channel_member', channel: id, member })
    for (const { page } of [li, mia]) await page.goto(`/c/${id}`)
    await say(li.page, '收尾了')
    await li.page.getByRole('button', { name: 'Channel menu' }).click()
    await li.page.getByRole('menuitem', { name: 'Manage channel' }).click()
    await li.page.getByRole('menuitem', { name: 'Archive' }).click()
    await li.page.getByRole('alertdialog').getByRole('button', { name: 'Archive' }).click()
    for (const { page } of [li, mia]) {
      await page.getByText('This channel is archived.').waitFor()
      await composer(page).waitFor({ state: 'detached' })
      await message(page, '收尾了').waitFor()
    }
    await li.page.getByRole('button', { name: 'Channel menu' }).click()
    await li.page.getByRole('menuitem', { name: 'Restore' }).click()
    await composer(mia.page).waitFor()
    // A name in which something cannot be seen is refused in words that say so.
    await mia.page.getByRole('button', { name: 'Add a channel' }).click()
    await mia.page.getByRole('menuitem', { name: 'New channel' }).click()
    const dialog = mia.page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('旧\u200b项目')
    await mia.page.keyboard.press('Enter')
    await dialog.getByText(/^There is something in it that cannot be seen/).waitFor()
    await mia.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await say(mia.page, '又开始了')
    await message(li.page, '又开始了').waitFor()
    expectNoFaults(li, mia)
  },
)

story('what was read is marked unread, on every device', async ({ pair: [li, mia] }) => {
  await say(mia.page, '第一条')
  await say(mia.page, '第二条')
  await say(mia.page, '第三条')
  await message(li.page, '第三条').waitFor()
  const other = await li.context.newPage()
  await other.goto('/my-work')
  const row = other.getByRole('navigation').getByRole('link', { name: /general/ })
  await row.waitFor()
  await row.getByText(/unread/).waitFor({ state: 'detached' })
  await message(li.page, '第二条').focus()
  await li.page.keyboard.press('u')
  await other.getByRole('navigation').getByText('2 unread').waitFor({ state: 'attached' })
  await row.click()
  const line = other.getByRole('separator', { name: 'New messages from here' })
  await line.waitFor()
  const top = async (words: string) => (await message(other, words).boundingBox())?.y ?? 0
  const at = (await line.boundingBox())?.y ?? 0
  expect(at).toBeGreaterThan(await top('第一条'))
  expect(at).toBeLessThan((await top('第二条')) + 24)
  expectNoFaults(li, mia)
})

story('three talk in a conversation of their own', async ({ browser, server, pair: [li, mia] }) => {
  const ann = await visitor(browser, server)
  await join(ann, 'Ann', li)
  const { page } = li
  await page.getByRole('button', { name: 'New message' }).first().click()
  const dialog = page.getByRole('dialog')
  for (const name of ['Mia', 'Ann']) {
    await dialog.getByRole('combobox').fill(name)
    await dialog.getByRole('option', { name: new RegExp(name) }).click()
  }
  await dialog.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('heading', { level: 1, name: /Mia.*Ann|Ann.*Mia/ }).waitFor()
  await say(page, '我们三个')
  for (const each of [mia, ann]) {
    const row = each.page.getByRole('navigation').getByRole('link', { name: /李雷/ })
    await row.getByText(/unread/).waitFor({ state: 'attached' })
    await row.click()
    await message(each.page, '我们三个').waitFor()
    await say(each.page, `${each.name} 到`)
  }
  await message(page, 'Mia 到').waitFor()
  await message(page, 'Ann 到').waitFor()
  // Begun anew with the same people it is the same one.
  const everyone = await get<{ id: string; kind: string }[]>(ann, '/members')
  const people = everyone.filter(({ kind }) => kind === 'person')
  await command(ann, { type: 'open_direct', members: people.map(({ id }) => id) })
  const channels = await get<{ id: string; members?: string[] }[]>(ann, '/channels')
  const ours = channels.filter(({ members }) => members?.length === 3)
  expect(ours.map(({ id }) => `/c/${id}`)).toEqual([new URL(page.url()).pathname])
  expectNoFaults(li, mia, ann)
  await ann.context.close()
})

story('a long message is folded, but not for whom is led to it', async ({ pair: [li, mia] }) => {
  const [channel] = await get<{ id: string }[]>(li, '/channels')
  const lines = Array.from({ length: 60 }, (_, at) => `第 ${at + 1} 行`).join('\n\n')
  await command(li, { type: 'post_message', channel: channel?.id, text: lines })
  const { page } = mia
  const row = message(page, '第 1 行')
  const more = row.getByRole('button', { name: 'Show more' })
  await more.waitFor()
  // Though it turned out lower than it was drawn first, one is at the newest.
  await page.reload()
  await more.waitFor()
  await expect.poll(() => more.evaluate(belowIt)).toBeLessThan(64)
  const height = async () => (await row.boundingBox())?.height ?? 0
  expect(await height()).toBeLessThan(620)
  await more.focus()
  await page.keyboard.press('Enter')
  await row.getByRole('button', { name: 'Show less' }).waitFor()
  expect(await height()).toBeGreaterThan(1_000)
  // As one left it.
  await page.getByRole('link', { name: 'My work' }).click()
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /general/ })
    .click()
  await row.getByRole('button', { name: 'Show less' }).click()
  await more.waitFor()
  expect(await height()).toBeLessThan(620)
  const messages = await get<{ id: string }[]>(li, `/channels/${channel?.id}/messages`)
  await page.goto(`/m/${messages.at(-1)?.id}`)
  await row.getByRole('button', { name: 'Show less' }).waitFor()
  expectNoFaults(li, mia)
})

/** In the page: how much of the conversation lies below, px. */
function belowIt(element: Element): number {
  let each = element.parentElement
  while (each && !/auto|scroll/.test(getComputedStyle(each).overflowY)) each = each.parentElement
  return each ? each.scrollHeight - each.clientHeight - each.scrollTop : 0
}

story(
  'a message says what it said before, has a link, and is taken back',
  async ({ pair: [li, mia] }) => {
    await say(li.page, '三点开会')
    const row = message(li.page, '三点开会')
    await row.focus()
    await li.page.keyboard.press('e')
    const editor = li.page.getByRole('textbox', { name: 'Edit message' })
    await editor.fill('四点开会')
    await editor.press('Enter')
    // Whoever reads it sees what stood there.
    await message(mia.page, '四点开会').getByRole('button', { name: '(edited)' }).click()
    const history = mia.page.getByRole('dialog', { name: 'Edit history' })
    await expect
      .poll(() => history.getByRole('listitem').locator('.markdown').allTextContents())
      .toEqual(['四点开会', '三点开会'])
    await mia.page.keyboard.press('Escape')

    const { origin } = new URL(mia.page.url())
    await mia.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
    await message(mia.page, '四点开会').focus()
    await mia.page.keyboard.press('l')
    await mia.page.getByText('Link copied').first().waitFor()
    const link = await mia.page.evaluate(() => navigator.clipboard.readText())
    const id = await message(mia.page, '四点开会').getAttribute('data-message')
    expect(link).toBe(`${origin}/m/${id}`)

    await message(li.page, '四点开会').focus()
    await li.page.keyboard.press('Delete')
    await li.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    for (const { page } of [li, mia]) {
      await page.getByRole('main').getByText('Message deleted').waitFor()
      expect(await message(page, '四点开会').count()).toBe(0)
    }
    expectNoFaults(li, mia)
  },
)

story('words are formatted by buttons and keys, and undone', async ({ pair: [li, mia] }) => {
  const { page } = li
  const box = composer(page)
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'Show formatting' }).click()
  const bar = main.getByRole('toolbar', { name: 'Formatting' })
  await box.fill('一\n二')
  await box.press('ControlOrMeta+a')
  await bar.getByRole('button', { name: 'Numbered list' }).click()
  await expect.poll(() => box.inputValue()).toBe('1. 一\n2. 二')
  // The words kept the focus and what was chosen of them.
  await page.keyboard.press('ControlOrMeta+Shift+Digit8')
  await expect.poll(() => box.inputValue()).toBe('- 一\n- 二')
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => box.inputValue()).toBe('1. 一\n2. 二')
  // One stop for Tab; arrows go on.
  await bar.getByRole('button', { name: 'Bold' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await box.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 4))
  await page.keyboard.press('Enter')
  await expect.poll(() => box.inputValue()).toBe('1. ~~一~~\n2. 二')
  await box.press('Enter')
  await message(mia.page, '一').locator('ol > li').first().waitFor()
  await message(mia.page, '一').locator('s, del').waitFor()
  // Chosen once; and away again.
  await page.reload()
  await bar.waitFor()
  await main.getByRole('button', { name: 'Hide formatting' }).click()
  await bar.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})
