// What people and administrators set: where they are signed in, tokens, roles, who they are.

import { expect } from 'vitest'
import { get, PASSWORD, visitor } from './people'
import { composer, message, say } from './screen'
import { expectNoFaults, story } from './stage'

/** A square of one colour, 8 pixels wide. */
const PICTURE = [
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGP4kGCAFTEMLQkAsvNg',
  'AZg0eoIAAAAASUVORK5CYII=',
].join('')

story('a session is ended from another device', async ({ pair: [li], browser, server }) => {
  const phone = await visitor(browser, server)
  const { email } = await get<{ email: string }>(li, '/me')
  const data = { email, password: PASSWORD }
  await phone.context.request.post('/api/v1/sessions', { data })
  await phone.page.goto('/')
  await composer(phone.page).waitFor()
  await li.page.goto('/settings/security')
  const sessions = li.page.getByRole('listitem')
  await sessions.filter({ hasText: 'This device' }).waitFor()
  await sessions.getByRole('button', { name: 'Sign out' }).click()
  await phone.page.getByRole('button', { name: 'Sign in' }).waitFor()
  await expect.poll(() => sessions.filter({ hasText: 'Last seen' }).count()).toBe(0)
  expect((await phone.context.request.get('/api/v1/me')).status()).toBe(401)
  expectNoFaults(li, phone)
  await phone.context.close()
})

story('the password is changed, and a wrong one is said', async ({ pair: [li] }) => {
  await li.page.goto('/settings/security')
  const current = li.page.getByLabel('Current password')
  const next = li.page.getByLabel('New password')
  await current.fill('not my password')
  await next.fill('another good password')
  await li.page.getByRole('button', { name: 'Change password' }).click()
  await li.page.getByText('This is not your current password.').waitFor()
  expect(await next.inputValue()).toBe('another good password')
  await current.fill(PASSWORD)
  await li.page.getByRole('button', { name: 'Change password' }).click()
  await li.page.getByText('The password is changed').waitFor()
  const { email } = await get<{ email: string }>(li, '/me')
  const enter = (password: string) =>
    li.context.request.post('/api/v1/sessions', { data: { email, password } })
  expect((await enter(PASSWORD)).status()).toBe(401)
  expect((await enter('another good password')).status()).toBe(201)
})

story('a token is made with its end, used and revoked', async ({ pair: [li] }) => {
  const { page } = li
  await page.goto('/settings/tokens')
  const make = async (name: string, lasts: string | undefined) => {
    await page.getByRole('button', { name: 'New token' }).click()
    const dialog = page.getByRole('dialog', { name: 'New token' })
    await dialog.getByLabel('Name').fill(name)
    if (lasts) {
      await dialog.getByRole('combobox', { name: 'Valid for' }).click()
      await page.getByRole('option', { name: lasts }).click()
    }
    await dialog.getByRole('button', { name: 'Create token' }).click()
    const token = await dialog.getByRole('textbox', { name: 'New token' }).inputValue()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    return token
  }
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  const token = await make('夜间报表', '30 days')
  await row('夜间报表')
    .getByText(/^Valid until /)
    .waitFor()
  await make('for ever', 'No end date')
  await row('for ever').getByText('No end date').waitFor()
  await make('as it comes', undefined)
  const days = async (name: string) => {
    const tokens = await get<{ name: string; expires_at?: string }[]>(li, '/tokens')
    const end = tokens.find((each) => each.name === name)?.expires_at
    return end && Math.round((Date.parse(end) - Date.now()) / 86_400_000)
  }
  expect(await days('夜间报表')).toBe(30)
  expect(await days('for ever')).toBeUndefined()
  expect(await days('as it comes')).toBe(90)

  const asProgram = () =>
    fetch(new URL('/api/v1/me', page.url()), { headers: { authorization: `Bearer ${token}` } })
  expect((await asProgram()).status).toBe(200)
  await row('夜间报表').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await row('夜间报表').waitFor({ state: 'detached' })
  expect((await asProgram()).status).toBe(401)
  expectNoFaults(li)
})

story('roles are given, and people are let out and in again', async ({ pair: [li, mia] }) => {
  await li.page.goto('/settings/people')
  const row = li.page.getByRole('listitem').filter({ hasText: '@mia' })
  await row.getByRole('combobox', { name: 'Role of Mia' }).click()
  await li.page.getByRole('option', { name: 'Administrator' }).click()
  await mia.page.getByRole('button', { name: /You and your settings/ }).click()
  await mia.page.getByRole('menuitem', { name: 'Invite people' }).waitFor()
  await mia.page.keyboard.press('Escape')

  await row.getByRole('button', { name: 'More about Mia' }).click()
  await li.page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await li.page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click()
  await mia.page.getByRole('button', { name: 'Sign in' }).waitFor()
  await row.getByText('Deactivated').waitFor()
  expect((await mia.context.request.get('/api/v1/me')).status()).toBe(401)

  await row.getByRole('button', { name: 'More about Mia' }).click()
  await li.page.getByRole('menuitem', { name: 'Reactivate' }).click()
  await row.getByRole('combobox', { name: 'Role of Mia' }).waitFor()
  await mia.page.getByLabel('E-mail').fill('mia@tenon.example')
  await mia.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await mia.page.getByRole('button', { name: 'Sign in' }).click()
  await mia.page.getByRole('button', { name: /You and your settings/ }).waitFor()
  expectNoFaults(li, mia)
})

story('who one is, is seen by all', async ({ pair: [li, mia] }) => {
  await say(mia.page, 'before')
  await message(li.page, 'before').waitFor()
  const { page } = mia
  await page.goto('/settings/profile')
  await page.getByLabel('Name', { exact: true }).fill('Mia 米娅')
  await page.getByLabel('Title').fill('Design')
  const taken = await get<{ member: { handle: string } }>(li, '/me')
  await page.getByLabel('Handle').fill(taken.member.handle)
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByText('Someone has this handle already.').waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Mia 米娅')
  await page.getByLabel('Handle').fill('miya')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByText('Saved').first().waitFor()
  const picture = { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(PICTURE, 'base64') }
  await page.getByLabel('Picture', { exact: true }).setInputFiles(picture)
  await page.getByRole('button', { name: 'Remove' }).first().waitFor()

  const said = message(li.page, 'before')
  await said.getByText('Mia 米娅').first().waitFor()
  const shown = said.locator('img[src*="/avatars/"]')
  await shown.waitFor()
  expect(
    await shown.evaluate((it: HTMLImageElement) => it.decode().then(() => it.naturalWidth)),
  ).toBeGreaterThan(0)
  const members = await get<{ name: string; handle: string; title?: string }[]>(li, '/members')
  const own = members.find(({ name }) => name === 'Mia 米娅')
  expect([own?.handle, own?.title]).toEqual(['miya', 'Design'])

  await page.getByLabel('Picture', { exact: true }).setInputFiles({
    ...picture,
    buffer: Buffer.from('not a picture'),
  })
  await page.getByText('This file is not a picture that can be read.').waitFor()
  expectNoFaults(li, mia)
})
