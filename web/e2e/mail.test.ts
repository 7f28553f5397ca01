// Mail of what one missed: chosen, tried out and stopped; and how administrators see it.

import { expect } from 'vitest'
import { playMailServer } from './mail_server'
import { found, get, join, visitor } from './people'
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

story('without a mail server there is nothing to choose', async ({ pair: [li, mia] }) => {
  await mia.page.goto('/settings/notifications')
  await mia.page.getByText(/No mail is sent/).waitFor()
  expect(await mia.page.getByRole('button', { name: 'Send me a test mail' }).count()).toBe(0)
  await li.page.goto('/settings/workspace')
  await li.page.getByText(/No mail server is set up/).waitFor()
  expectNoFaults(li, mia)
})
