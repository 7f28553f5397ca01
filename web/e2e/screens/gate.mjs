// The ways in: what somebody sees who is not signed in.

const form = (page) => page.locator('form').first().waitFor()

export const gates = {
  /** Of a server that nobody has set up. */
  empty: {
    setup: { path: () => '/', act: form },
    setup_fault: {
      path: () => '/',
      act: async (page) => {
        await form(page)
        await page.locator('button[type=submit]').click()
        await page.locator('[aria-invalid=true], :invalid, [role=alert]').first().waitFor()
      },
    },
  },
  demo: {
    signin: { path: () => '/', act: form },
    signin_fault: {
      path: () => '/',
      act: async (page) => {
        await form(page)
        await page.locator('input[type=email]').fill('lin@demo.tenon.example')
        await page.locator('input[type=password]').fill('not this one')
        await page.locator('button[type=submit]').click()
        await page.getByRole('alert').waitFor()
      },
    },
    invitation: { path: ({ secret }) => `/invite/${secret}`, act: form },
    invitation_gone: { path: () => '/invite/nobody' },
    reset_gone: { path: () => '/reset/nobody' },
    unsubscribe_gone: { path: () => '/unsubscribe/nobody' },
  },
  prepare,
}

/** Somebody is invited; whoever looks is not signed in. */
async function prepare(request, url) {
  const base = `${url}/api/v1`
  const data = { email: 'lin@demo.tenon.example', password: 'tenon-demo' }
  const { csrf } = await (await request.post(`${base}/sessions`, { data })).json()
  const headers = { 'x-tenon-csrf': csrf }
  const invite = { role: 'member', channels: [] }
  const { secret } = await (
    await request.post(`${base}/invitations`, { data: invite, headers })
  ).json()
  await request.delete(`${base}/sessions/current`, { headers })
  return { secret }
}
