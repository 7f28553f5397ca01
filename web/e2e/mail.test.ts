// Mail of what one missed: chosen, tried out and stopped; and how administrators see it.

import { expect } from 'vitest'
import { playMailServer } from './mail_server'
import { found, get, join, visitor } from './people'
import { fillPerson } from './screen'
import { startServer } from './server'
import { expectNoFaults, story } from './stage'

interface Preferences {
  mail?: string
  mail_minutes?: number
}

story('mail is chosen, tried out, and seen to by administrators', async ({ browser }) => {
  const mail = await playMailServer()
  const server = await startServer(...mail.options)
  const [li, mia] = [await visitor(browser, server), await visitor(browser, server)]
  await found(li, '李雷')
  await join(mia, 'Mia', li)

  await mia.page.goto('/settings/notifications')
  await mia.page.getByText(/goes to mia.*@/i).waitFor()
  await mia.page.getByRole('combobox', { name: 'When' }).click()
  await mia.page.getByRole('option', { name: 'Everything, once a day' }).click()
  const time = mia.page.getByLabel(/Time of day/)
  expect(await time.inputValue()).toBe('09:00')
  await time.fill('18:30')
  await expect
    .poll(async () => get<Preferences>(mia, '/preferences'))
    .toMatchObject({ mail: 'daily', mail_minutes: 1110 })

  await mia.page.getByRole('button', { name: 'Send me a test mail' }).click()
  await mia.page.getByText(/A test mail is on its way to/).waitFor()
  expect(mail.mails).toHaveLength(1)
  expect(mail.mails[0]).toContain('Subject: Mail from Tenon reaches you')

  // Refused: she is told so, and the administrator is told why.
  mail.refuse = true
  await li.page.goto('/settings/workspace')
  await li.page.getByText('No mail is waiting.').waitFor()
  await li.page.getByRole('button', { name: 'Send me a test mail' }).click()
  await li.page.getByText('The mail server did not take the mail.', { exact: false }).waitFor()
  await li.page.getByText(/550.*no such mailbox/).waitFor()
  await li.page.goto('/settings/notifications')
  await li.page.getByText(/the mail server has not accepted your address/).waitFor()
  await li.page.goto('/settings/workspace')
  await li.page.getByRole('switch', { name: 'Mails contain what was said' }).click()
  await expect
    .poll(async () => get<{ workspace: object }>(li, '/me'))
    .toMatchObject({ workspace: { hides_mail_content: true } })

  // A link that is none changes nothing and says so.
  await mia.page.goto('/unsubscribe/nonsense')
  await mia.page.getByRole('button', { name: 'Stop mail' }).click()
  await mia.page.getByText('This link does not work').waitFor()
  expectNoFaults(li)
  for (const { context } of [li, mia]) await context.close()
  await server.remove()
  mail.close()
})

/** The link in the newest mail, once there are so many. */
async function linkIn(mails: readonly string[], count: number, folder: string): Promise<string> {
  await expect.poll(() => mails.length).toBe(count)
  // Long lines of mails are broken (RFC 2045, 6.7).
  const text = (mails[count - 1] ?? '').replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
  const [, path] = new RegExp(`https?://[^/\\s]+(/${folder}/\\w+)`).exec(text) ?? []
  if (!path) throw new Error(`no link to /${folder} in ${text}`)
  return path
}

story('an invitation is mailed, and who forgot the password gets back in', async ({ browser }) => {
  const mail = await playMailServer()
  const server = await startServer(...mail.options)
  const [li, mia] = [await visitor(browser, server), await visitor(browser, server)]
  await found(li, '李雷')
  await li.page.goto('/settings/invitations')
  await li.page.getByRole('button', { name: 'Invite people' }).first().click()
  const dialog = li.page.getByRole('dialog')
  await dialog.getByLabel('Mail it to').fill('mia@example.com')
  await dialog.getByRole('button', { name: 'Create link' }).click()
  await dialog.getByText('The invitation is on its way to mia@example.com.').waitFor()
  await mia.page.goto(await linkIn(mail.mails, 1, 'invite'))
  await fillPerson(mia, 'Mia', 'mia@example.com')
  await mia.page.getByRole('button', { name: 'Join' }).click()
  await mia.page.getByRole('navigation').first().waitFor()

  const phone = await visitor(browser, server)
  await phone.page.goto('/')
  await phone.page.getByLabel('E-mail').fill('mia@example.com')
  await phone.page.getByRole('button', { name: 'Forgot your password?' }).click()
  expect(await phone.page.getByLabel('E-mail').inputValue()).toBe('mia@example.com')
  await phone.page.getByRole('button', { name: 'Mail me the link' }).click()
  await phone.page.getByText('Look into your mailbox').waitFor()
  const link = await linkIn(mail.mails, 2, 'reset')
  await phone.page.goto(link)
  await phone.page.getByRole('heading', { name: 'A new password for Mia' }).waitFor()
  const field = phone.page.getByLabel('Password', { exact: true })
  await field.fill('short')
  await phone.page.getByRole('button', { name: 'Save and sign in' }).click()
  await field.and(phone.page.locator('[aria-invalid="true"]')).waitFor()
  await field.fill('a wholly different one')
  await phone.page.getByRole('button', { name: 'Save and sign in' }).click()
  await phone.page.getByRole('navigation').first().waitFor()
  // The other device is out, and the link is used up.
  await mia.page.getByRole('button', { name: 'Sign in' }).waitFor()
  await mia.page.goto(link)
  await mia.page.getByText('This link does not work any more').waitFor()
  expectNoFaults(li, phone)
  for (const { context } of [li, mia, phone]) await context.close()
  await server.remove()
  mail.close()
})

story('without a mail server there is nothing to choose', async ({ pair: [li, mia] }) => {
  await mia.page.goto('/settings/notifications')
  await mia.page.getByText(/No mail is sent/).waitFor()
  expect(await mia.page.getByRole('button', { name: 'Send me a test mail' }).count()).toBe(0)
  await li.page.goto('/settings/workspace')
  await li.page.getByText(/No mail server is set up/).waitFor()
  expectNoFaults(li, mia)
})
