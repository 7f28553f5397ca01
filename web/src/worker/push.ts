// What the service worker does with pushes: shows what the server says, takes away what was seen to
// elsewhere, opens the place on a click. The server writes the texts, in the member's language.

import type { Kept, Opened, Pushed } from '../sync/pushed'

type Worker = ServiceWorkerGlobalScope

export function attendPushes(worker: Worker): void {
  worker.addEventListener('push', (event) => {
    const told = parse(event.data)
    if (told) event.waitUntil(told.type === 'show' ? show(worker, told) : close(worker, told.tags))
  })
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    const kept = event.notification.data as Kept | undefined
    event.waitUntil(open(worker, kept?.path ?? '/inbox'))
  })
  worker.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription } = event as { oldSubscription?: PushSubscription }
    ;(event as ExtendableEvent).waitUntil(renew(worker, oldSubscription))
  })
}

function parse(data: PushMessageData | null): Pushed | undefined {
  try {
    return data?.json() as Pushed
  } catch {
    return undefined
  }
}

async function show(worker: Worker, told: Extract<Pushed, { type: 'show' }>): Promise<void> {
  const { id, tag, lang, title, body, path } = told
  // A page that is open somewhere may have been quicker.
  const shown = await worker.registration.getNotifications({ tag })
  if (shown.some(({ data }) => (data as Kept | undefined)?.id === id)) return
  const options = {
    tag,
    lang,
    body,
    icon: '/icon.svg',
    renotify: true,
    data: { id, path } satisfies Kept,
  }
  await worker.registration.showNotification(title, options)
}

async function close(worker: Worker, tags: string[]): Promise<void> {
  const shown = await worker.registration.getNotifications()
  for (const note of shown) if (tags.includes(note.tag)) note.close()
}

/** In a page that is open, if there is one: the one that is looked at, or was last. */
async function open(worker: Worker, path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const page = pages.find(({ focused }) => focused) ?? pages[0]
  if (!page) {
    await worker.clients.openWindow(path)
    return
  }
  await page.focus().catch(() => page)
  page.postMessage({ type: 'tenon.open', path } satisfies Opened)
}

/** The browser has given the device another address: the server is told. */
async function renew(worker: Worker, old: PushSubscription | undefined): Promise<void> {
  if (!old) return
  const { applicationServerKey } = old.options
  const options = { userVisibleOnly: true, applicationServerKey }
  const subscription = await worker.registration.pushManager.subscribe(options)
  const me = await fetch('/api/v1/me', { headers: { Accept: 'application/json' } })
  if (!me.ok) return
  const { csrf } = (await me.json()) as { csrf?: string }
  await fetch('/api/v1/push', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Tenon-Csrf': csrf ?? '' },
    body: JSON.stringify(subscription),
  })
}
