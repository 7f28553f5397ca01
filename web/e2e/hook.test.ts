// What other programs post into a channel, sent by those programs themselves, becomes work.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { command, get } from './people'
import { message, pane } from './screen'
import { expectNoFaults, story } from './stage'

const root = new URL('../../', import.meta.url)

/** A Python with slack_sdk: the one of `cargo xtask test senders`, or `TENON_PYTHON`. */
function findPython(): string {
  const python = process.env.TENON_PYTHON ?? new URL('target/python/bin/python', root).pathname
  if (existsSync(python)) return python
  throw new Error('No Python with slack_sdk: run `cargo xtask test senders` once.')
}

/** Runs the sender of that name, which ends well only if it was answered well. */
async function send(name: string, url: string, text = ''): Promise<string> {
  const script = new URL('tests/senders/send.py', root).pathname
  const { stdout } = await promisify(execFile)(findPython(), ['-B', script, name, url, text])
  return stdout.trim()
}

story('an alert that a program posts becomes a task', async ({ pair: [li, mia] }) => {
  await command(li, { type: 'create_project', key: 'OPS', name: 'Operations' })
  const [project] = await get<{ id: string }[]>(li, '/projects')
  const [channel] = await get<{ id: string }[]>(li, '/channels')
  await command(li, { type: 'update_channel', channel: channel?.id, project: project?.id })
  await li.page.goto('/settings/hooks')
  await li.page.getByRole('button', { name: 'New webhook' }).click()
  const dialog = li.page.getByRole('dialog', { name: 'New webhook' })
  await dialog.getByLabel('Name').fill('Alerts')
  await dialog.getByRole('button', { name: 'Create webhook' }).click()
  const url = await dialog.getByLabel('Send your messages to this address').inputValue()
  expect(new URL(url).pathname).toMatch(/^\/hooks\/.+/)

  expect(await send('slack_sdk', url, 'Disk of *db-1* is full, 请今天处理')).toBe('ok')
  expect(await send('alertmanager', url)).toBe('ok')
  expect(await send('grafana', url)).toBe('ok')
  await li.page.goto(`/c/${channel?.id}`)
  await message(li.page, '[FIRING:1] DiskFull').getByText('Alertmanager').first().waitFor()
  await message(li.page, 'Memory of db-1 is above 90 %').waitFor()
  const alert = message(li.page, 'is full, 请今天处理')
  await alert.locator('strong', { hasText: 'db-1' }).waitFor()

  await alert.focus()
  await li.page.keyboard.press('t')
  const form = li.page.getByRole('dialog', { name: 'Make task' })
  await expect.poll(() => form.getByLabel('Title').inputValue()).toContain('Disk of db-1 is full')
  expect(await form.getByRole('button', { name: 'Project' }).textContent()).toContain('Operations')
  await li.page.keyboard.press('Enter')
  for (const { page } of [li, mia]) {
    const chip = message(page, 'is full, 请今天处理').getByRole('link', { name: /OPS-1/ })
    await chip.getByText('To do').waitFor()
  }
  await message(mia.page, 'is full').getByRole('link', { name: /OPS-1/ }).click()
  await pane(mia.page).getByText('is full, 请今天处理').last().waitFor()

  await message(mia.page, '[FIRING:1] DiskFull').focus()
  await mia.page.keyboard.press('t')
  await mia.page.getByRole('dialog', { name: 'Make task' }).getByLabel('Title').waitFor()
  await mia.page.keyboard.press('Enter')
  await message(li.page, '[FIRING:1] DiskFull').getByRole('link', { name: /OPS-2/ }).waitFor()
  expect(await get<unknown[]>(li, '/tasks?project=OPS')).toHaveLength(2)
  expectNoFaults(li, mia)
})
