// Web Push in a real Chromium: the browser's push service is played, all else is what it is. What
// the server sends is decrypted here and handed to the service worker as the browser would.

import { createDecipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CDPSession } from 'playwright-core'
import { expect } from 'vitest'
import { get, type Person } from './people'
import { say } from './screen'
import { expectNoFaults, deviceStory as story } from './stage'

interface Service {
  endpoint: string
  p256dh: string
  auth: string
  /** What came, decrypted. */
  received: string[]
  server: HttpServer
}

const hmac = (key: Buffer, text: Buffer) => createHmac('sha256', key).update(text).digest()

async function playService(): Promise<Service> {
  const key = createECDH('prime256v1')
  const point = key.generateKeys()
  const auth = randomBytes(16)
  const received: string[] = []
  const decrypt = (body: Buffer): string => {
    const [salt, peer, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)]
    const context = Buffer.concat([Buffer.from('WebPush: info\0'), point, peer, Buffer.from([1])])
    const seed = hmac(salt, hmac(hmac(auth, key.computeSecret(peer)), context))
    const part = (name: string, size: number) =>
      hmac(seed, Buffer.from(`Content-Encoding: ${name}\0\x01`)).subarray(0, size)
    const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
    cipher.setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
    return plain.subarray(0, plain.lastIndexOf(2)).toString()
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      received.push(decrypt(Buffer.concat(parts)))
      response.writeHead(201).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.2:${port}/device`,
    p256dh: point.toString('base64url'),
    auth: auth.toString('base64url'),
    received,
    server,
  }
}

/** The browser's push manager answers with a subscription at the played service. */
async function subscribesAt(person: Person, service: Service): Promise<void> {
  const { endpoint, p256dh, auth } = service
  await person.context.addInitScript(
    ([endpoint, p256dh, auth]) => {
      let key: string | undefined = localStorage.getItem('played-key') ?? undefined
      const bytes = (text: string) =>
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
          c.charCodeAt(0),
        ).buffer
      const subscription = () => ({
        options: { applicationServerKey: bytes(key ?? '') },
        toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
        unsubscribe: async () => {
          key = undefined
          localStorage.removeItem('played-key')
          return true
        },
      })
      PushManager.prototype.getSubscription = async () => (key ? subscription() : null) as never
      PushManager.prototype.subscribe = async (options) => {
        key = options?.applicationServerKey as string
        localStorage.setItem('played-key', key)
        return subscription() as never
      }
    },
    [endpoint, p256dh, auth] as const,
  )
}

/** Hands a push to the service worker, as the browser does. */
async function delivery(person: Person): Promise<(data: string) => Promise<void>> {
  const session: CDPSession = await person.context.newCDPSession(person.page)
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const id = registrations[0]?.registrationId
      if (id) resolve(id)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await found
  const origin = new URL(person.page.url()).origin
  return async (data) => {
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
  }
}

const shown = (person: Person) =>
  person.page.evaluate(async () => {
    const worker = await navigator.serviceWorker.getRegistration()
    const notes = (await worker?.getNotifications()) ?? []
    return notes.map(({ title, body }) => `${title}: ${body}`)
  })

const pushSwitch = (person: Person) =>
  person.page.getByRole('switch', { name: 'Push notifications to this device' })

story('a device is pushed to, and told nothing it need not be', async ({ pair: [li, mia] }) => {
  const service = await playService()
  await mia.context.grantPermissions(['notifications'])
  await subscribesAt(mia, service)
  await mia.page.goto('/settings/notifications')
  await mia.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await mia.page.reload()
  await pushSwitch(mia).click()
  await expect.poll(() => pushSwitch(mia).isChecked()).toBe(true)
  await expect
    .poll(async () => (await get<{ subscribed: boolean }>(mia, '/push')).subscribed)
    .toBe(true)
  await mia.page.reload()
  await expect.poll(() => pushSwitch(mia).isChecked()).toBe(true)

  // She looks elsewhere: what concerns her comes to the device.
  const deliver = await delivery(mia)
  await mia.page.evaluate(() => {
    document.hasFocus = () => false
    dispatchEvent(new Event('blur'))
  })
  await say(li.page, '@Mia 首页文案看一下')
  await expect.poll(() => service.received.length, { timeout: 30_000 }).toBe(1)
  const told = service.received[0] ?? ''
  expect(JSON.parse(told)).toMatchObject({ type: 'show', title: '李雷 mentioned you' })
  await deliver(told)
  await expect.poll(() => shown(mia)).toEqual(['李雷 mentioned you: @Mia 首页文案看一下'])
  // What the page showed before is not shown twice.
  await deliver(told)
  expect(await shown(mia)).toHaveLength(1)

  // Read on another device, it goes from this one.
  await mia.page.goto('/inbox')
  const row = mia.page.getByRole('main').locator('[data-row]').first()
  await row.waitFor()
  await mia.page.keyboard.press('j')
  await mia.page.keyboard.press('w')
  await mia.page.getByText('Pushed.').waitFor()
  await mia.page.keyboard.press('Escape')
  await mia.page.getByRole('dialog').waitFor({ state: 'detached' })
  await row.focus()
  await mia.page.keyboard.press('e')
  await expect.poll(() => service.received.length, { timeout: 30_000 }).toBe(2)
  await deliver(service.received[1] ?? '')
  await expect.poll(() => shown(mia)).toEqual([])

  await mia.page.goto('/settings/notifications')
  await pushSwitch(mia).click()
  await expect.poll(() => pushSwitch(mia).isChecked()).toBe(false)
  const status = await get<{ subscribed: boolean }>(mia, '/push')
  expect(status.subscribed).toBe(false)
  service.server.close()
  expectNoFaults(li, mia)
})

story('what stands in the way is said', async ({ pair: [li, mia] }) => {
  await mia.context.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' })
  })
  await mia.page.goto('/settings/notifications')
  await mia.page.getByText(/Open the site's settings next to the address/).waitFor()
  await expect.poll(() => pushSwitch(mia).isDisabled()).toBe(true)
  expectNoFaults(li, mia)
})
