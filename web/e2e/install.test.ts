// The UI as an app of the device: what the browser needs to install it, and that it opens without
// its server.

import { expect } from 'vitest'
import { kept } from './device'
import { found, type Person, visitor } from './people'
import { chooseLogo, message, say } from './screen'
import { expectNoFaults, deviceStory as story } from './stage'

interface Manifest {
  name: string
  lang: string
  icons: { src: string; sizes: string; type: string; purpose?: string }[]
  shortcuts: { url: string }[]
}

async function manifestOf({ context }: Person): Promise<Manifest> {
  return (await context.request.get('/manifest.webmanifest')).json()
}

story('it is called what the workspace is called, and bears its logo', async ({ strangers }) => {
  const [li] = strangers
  const plain = await manifestOf(li)
  expect(plain.name).toBe('Tenon')
  await found(li, '李雷')
  const named = await manifestOf(li)
  expect(named.name).toBe('山茶 Camellia')
  expect(named.icons).toEqual(plain.icons)
  await chooseLogo(li.page)
  const { icons } = await manifestOf(li)
  expect(icons.map(({ sizes }) => sizes)).toEqual(['512x512'])
  const answer = await li.context.request.get(icons[0]?.src ?? '')
  expect(answer.headers()['content-type']).toBe('image/png')
  expectNoFaults(li)
})

story(
  'the browser can install it, by its name in both languages',
  async ({ browser, server, pair: [li] }) => {
    const devtools = await li.context.newCDPSession(li.page)
    const { errors, data, url } = await devtools.send('Page.getAppManifest')
    expect(errors).toEqual([])
    expect(url).toBe(`${server.url}/manifest.webmanifest`)
    const manifest = JSON.parse(data ?? '') as Manifest
    expect(manifest.name).toBe('山茶 Camellia')
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    // Contexts of stories are private windows, in which nothing can be installed.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])

    for (const { src, sizes, type } of manifest.icons) {
      const answer = await li.context.request.get(src)
      expect(answer.headers()['content-type']).toBe(type)
      if (sizes === 'any') continue
      const width = await li.page.evaluate(async (at) => {
        const picture = new Image()
        picture.src = at
        await picture.decode()
        return picture.naturalWidth
      }, src)
      expect(`${width}x${width}`).toBe(sizes)
    }
    for (const shortcut of manifest.shortcuts) {
      await li.page.goto(shortcut.url)
      await li.page.getByRole('main').getByRole('heading').first().waitFor()
      expect(new URL(li.page.url()).pathname).toBe(shortcut.url)
    }
    expectNoFaults(li)

    const stranger = await visitor(browser, server, { locale: 'zh-CN' })
    await stranger.page.goto('/')
    const chinese = await (await stranger.context.newCDPSession(stranger.page)).send(
      'Page.getAppManifest',
    )
    expect(chinese.errors).toEqual([])
    expect((JSON.parse(chinese.data ?? '') as Manifest).lang).toBe('zh-CN')
    await stranger.context.close()
  },
)

story('the app opens without its server, with what was there', async ({ pair: [li], server }) => {
  await say(li.page, '上线之前说的话')
  await li.page.evaluate(() => navigator.serviceWorker.ready)
  const channel = new URL(li.page.url()).pathname
  // The worker has all files before the server goes.
  await li.page.reload()
  await kept(li.page, '上线之前说的话')
  await server.kill()
  const app = await li.context.newPage()
  await app.goto('/')
  await app.getByRole('link', { name: 'general' }).first().click()
  await message(app, '上线之前说的话').waitFor()
  expect(new URL(app.url()).pathname).toBe(channel)
  const icon = await app.evaluate(async () => (await fetch('/icons/192.png')).ok)
  expect(icon).toBe(true)
})

story('the settings offer to install it once the browser does', async ({ pair: [li] }) => {
  await li.page.goto('/settings/appearance')
  await li.page.getByText('in the browser’s menu').waitFor()
  await li.page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true })
    const prompt = async () => {
      dispatchEvent(new Event('appinstalled'))
      return { outcome: 'accepted' }
    }
    dispatchEvent(Object.assign(offer, { prompt }))
  })
  await li.page.getByRole('button', { name: 'Install' }).click()
  await li.page.getByText('Tenon is installed on this device.').waitFor()
  expectNoFaults(li)
})
