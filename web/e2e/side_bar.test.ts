// The side bar is arranged, by mouse and by keyboard, and is the same after a reload.

import { expect } from 'vitest'
import { command, get } from './people'
import { composer, say } from './screen'
import { expectNoFaults, story } from './stage'

story('channels are starred, put into sections, dragged and folded', async ({ pair: [li] }) => {
  const { page } = li
  const bar = page.getByRole('navigation', { name: 'Side bar' })
  const section = (name: string) => bar.getByRole('region', { name, exact: true })
  for (const name of ['design', 'release']) {
    await bar.getByRole('button', { name: 'Add a channel' }).click()
    await page.getByRole('menuitem', { name: 'New channel' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill(name)
    await page.keyboard.press('Enter')
    await section('Channels').getByRole('link', { name }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'Channel menu' }).click()
  await page.getByRole('menuitem', { name: 'Star' }).click()
  await section('Starred').getByRole('link', { name: 'release' }).waitFor()

  // A new section for a channel, from its own menu.
  await section('Channels').getByRole('link', { name: 'design' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move to section' }).click()
  await page.getByRole('menuitem', { name: 'New section' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('产品')
  await page.keyboard.press('Enter')
  await section('产品').getByRole('link', { name: 'design' }).waitFor()

  // Dragged above the one that is there.
  const release = section('Starred').getByRole('link', { name: 'release' })
  const design = section('产品').getByRole('link', { name: 'design' })
  await release.dragTo(design, { targetPosition: { x: 40, y: 4 } })
  await section('产品').getByRole('link', { name: 'release' }).waitFor()
  const names = section('产品').getByRole('link')
  expect(await names.allTextContents()).toEqual(['release', 'design'])
  await section('Starred').waitFor({ state: 'detached' })

  // And down again, without a mouse.
  await names.first().focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Move down' }).click()
  await expect.poll(() => names.allTextContents()).toEqual(['design', 'release'])

  await section('产品').getByRole('button', { name: 'Show or hide 产品' }).click()
  await names.first().waitFor({ state: 'detached' })
  await page.reload()
  await section('产品').getByRole('button', { name: 'Show or hide 产品' }).click()
  expect(await names.allTextContents()).toEqual(['design', 'release'])
  expectNoFaults(li)
})

story('one key marks everything as read', async ({ pair: [li, mia] }) => {
  const { page } = mia
  await page.goto('/my-work')
  await say(li.page, '@Mia 看一下')
  const bar = page.getByRole('navigation', { name: 'Side bar' })
  const mention = bar.getByText('1 mention of you')
  await mention.waitFor()
  await page.keyboard.press('Shift+Escape')
  await mention.waitFor({ state: 'detached' })
  expectNoFaults(li, mia)
})

story('Alt and the arrows walk from channel to channel', async ({ pair: [li, mia] }) => {
  const { page } = li
  for (const name of ['design', 'release']) await command(li, newChannel(name))
  const bar = page.getByRole('navigation', { name: 'Side bar' }).first()
  const links = bar.getByRole('region', { name: 'Channels' }).getByRole('link')
  await links.filter({ hasText: 'release' }).waitFor()
  await links.first().click()
  const title = page.getByRole('main').getByRole('heading', { level: 1 })
  const [first = '', , last = ''] = await links.allTextContents()
  await expect.poll(() => title.textContent()).toBe(first)
  // From the composer too, in which something stands.
  await composer(page).fill('写到一半')
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => title.textContent()).toBe(last)
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => title.textContent()).toBe(first)
  expect(await composer(page).inputValue()).toBe('写到一半')

  // An input method that composes keeps its arrows.
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', {
    text: 'nihao',
    selectionStart: 5,
    selectionEnd: 5,
  })
  await page.keyboard.press('Alt+ArrowDown')
  await session.send('Input.insertText', { text: '你好' })
  expect(await title.textContent()).toBe(first)
  await composer(page).fill('')

  // Past what is read, to what is new.
  const channels = await get<{ id: string; name: string }[]>(mia, '/channels')
  const target = channels.find(({ name }) => name === last)?.id as string
  const { member } = await get<{ member: { id: string } }>(mia, '/me')
  await command(li, { type: 'add_channel_member', channel: target, member: member.id })
  await command(mia, { type: 'post_message', channel: target, text: '新消息' })
  await bar.getByText('1 unread message').waitFor()
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await expect.poll(() => title.textContent()).toBe(last)

  await title.click()
  await page.keyboard.press('Shift+?')
  await page.getByRole('dialog').getByText('Next unread channel').waitFor()
  expectNoFaults(li, mia)
})

const newChannel = (name: string) => ({ type: 'create_channel', name, kind: 'public' })
