// Links that lead to one thing: a message, a reply, a comment (`/m/ID`), a task (`/t/KEY`).

import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { command, get, post } from './people'
import { composer, message, pane } from './screen'
import { expectNoFaults, story } from './stage'

interface Named {
  id: string
}

/** Whether it lies within what the window shows. */
async function isSeen(page: Page, words: string): Promise<boolean> {
  const row = message(page, words)
  const box = (await row.count()) > 0 ? await row.boundingBox() : null
  const height = page.viewportSize()?.height ?? 0
  return box !== null && box.y >= 0 && box.y + box.height <= height
}

story('a link leads to the message, wherever it stands', async ({ pair: [li, mia] }) => {
  const [channel] = await get<Named[]>(li, '/channels')
  const say = (text: string, more = {}) =>
    post<Named>(li, `/channels/${channel?.id}/messages`, { text, ...more })
  const old = await say('很久以前的决定：用榫卯')
  const reply = await say('同意，就这样', { thread: old.id })
  for (let at = 1; at <= 60; at += 1) await say(`reply ${at}`, { thread: old.id })
  // More than one page lies between it and the newest.
  for (let at = 1; at <= 120; at += 1) await say(`later ${at}`)
  await message(mia.page, 'later 120').waitFor()

  await mia.page.goto(`/m/${old.id}`)
  await mia.page.waitForURL(`**/c/${channel?.id}?at=*`)
  await expect.poll(() => isSeen(mia.page, '很久以前的决定')).toBe(true)
  expect(await message(mia.page, 'later 120').count()).toBe(0)

  await mia.page.goto(`/m/${reply.id}`)
  const seen = () =>
    pane(mia.page)
      .locator('article[data-message]', { hasText: '同意，就这样' })
      .evaluate((row) => {
        const box = row.getBoundingClientRect()
        const { top, bottom } = row.parentElement?.getBoundingClientRect() ?? box
        return box.top >= Math.max(top, 0) && box.bottom <= Math.min(bottom, innerHeight)
      })
  await pane(mia.page).getByText('同意，就这样').waitFor()
  await expect.poll(seen).toBe(true)
  await expect.poll(() => isSeen(mia.page, '很久以前的决定')).toBe(true)

  // The same from within, as one who was sent the link clicks it: in the page that is open.
  const link = new URL(`/m/${old.id}`, mia.page.url()).href
  await post(li, `/channels/${channel?.id}/messages`, { text: `见 ${link}` })
  await mia.page.goto(`/c/${channel?.id}`)
  let loads = 0
  mia.page.on('load', () => loads++)
  await message(mia.page, '见 ').getByRole('link', { name: link }).click()
  await mia.page.waitForURL(`**/c/${channel?.id}?at=*`)
  await expect.poll(() => isSeen(mia.page, '很久以前的决定')).toBe(true)
  expect([loads, mia.context.pages().length]).toEqual([0, 1])
  expectNoFaults(li, mia)
})

story('a link leads to the task, and a comment’s to its task', async ({ pair: [li, mia] }) => {
  await command(li, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<Named[]>(li, '/projects')
  await command(li, { type: 'create_task', project: project?.id, title: '班表导出' })
  const comment = await post<Named>(li, '/tasks/ENG-1/messages', { text: '先看内存' })
  // More than one page comes after it.
  for (let at = 1; at <= 60; at += 1) {
    await post(li, '/tasks/ENG-1/messages', { text: `再看 ${at}\n\n又看` })
  }

  await mia.page.goto('/t/ENG-1')
  const title = mia.page.getByRole('textbox', { name: 'Title' })
  await expect.poll(() => title.inputValue()).toBe('班表导出')
  await mia.page.goto(`/m/${comment.id}`)
  await mia.page.waitForURL('**/t/ENG-1*')
  await expect.poll(() => isSeen(mia.page, '先看内存')).toBe(true)
  // A screen reader says what comes, and not what was there.
  await post(li, '/tasks/ENG-1/messages', { text: '找到了' })
  const heard = mia.page.getByRole('main').getByRole('log', { name: 'New messages' })
  await expect.poll(() => heard.getByRole('paragraph').allTextContents()).toEqual(['李雷: 找到了'])
  await expect.poll(() => title.inputValue()).toBe('班表导出')
  // As somebody types it.
  await mia.page.goto('/t/eng-1')
  await expect.poll(() => title.inputValue()).toBe('班表导出')
  await mia.page.goto('/m/nothing')
  await mia.page.getByRole('button', { name: 'Back to start' }).click()
  await composer(mia.page).waitFor()
  expectNoFaults(li, mia)
})
