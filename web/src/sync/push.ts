// The device at its push service: what the browser keeps of it for this site. The server keeps who
// is pushed to there; a device is pushed to for the session that asked for it alone.

import type { Rest } from './rest'

/** Who wants this device to be pushed to: it is asked for anew when the server has forgotten it. */
const WANTED = 'tenon.push'

export type PushState =
  /** Not known yet. */
  | 'checking'
  | 'on'
  | 'off'
  /** The browser forbids notifications of this site. */
  | 'blocked'
  /** The browser has no push, or only for installed apps. */
  | 'missing'
  /** The page did not come over https. */
  | 'insecure'

interface Status {
  key: string
  subscribed: boolean
}

/** What can be said without the server. */
function obstacle(): PushState | undefined {
  if (!isSecureContext) return 'insecure'
  const isThere = 'serviceWorker' in navigator && 'PushManager' in window
  if (!isThere || !('Notification' in window)) return 'missing'
  return Notification.permission === 'denied' ? 'blocked' : undefined
}

/** The worker of this site; none in development. */
export async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  return 'serviceWorker' in navigator ? navigator.serviceWorker.getRegistration() : undefined
}

export async function pushState(rest: Rest): Promise<PushState> {
  const known = obstacle()
  if (known) return known
  const worker = await registration()
  if (!worker) return 'missing'
  const { key, subscribed } = await rest.get<Status>('/push')
  const subscription = await worker.pushManager.getSubscription()
  return subscribed && subscription && isOf(subscription, key) ? 'on' : 'off'
}

/** Asks the browser, and tells the server. Throws `Refused`, or what the browser says. */
export async function turnOn(rest: Rest, member: string): Promise<PushState> {
  const known = obstacle()
  if (known) return known
  if ((await Notification.requestPermission()) !== 'granted') return obstacle() ?? 'off'
  const worker = await registration()
  if (!worker) return 'missing'
  const { key } = await rest.get<Status>('/push')
  await rest.put('/push', (await subscribe(worker, key)).toJSON())
  remember(member)
  return 'on'
}

export async function turnOff(rest: Rest): Promise<PushState> {
  remember(undefined)
  await rest.delete('/push')
  await leave()
  return 'off'
}

/** What the member turned on here holds, also when the server or the browser has forgotten it. */
export async function renewPush(rest: Rest, member: string): Promise<void> {
  const isWanted = wanted() === member && !obstacle() && Notification.permission === 'granted'
  if (!isWanted || (await pushState(rest)) === 'on') return
  const worker = await registration()
  if (!worker) return
  const { key } = await rest.get<Status>('/push')
  await rest.put('/push', (await subscribe(worker, key)).toJSON())
}

/** Nobody is signed in here any more: nothing of theirs is shown, and nothing more comes. */
export async function forgetPush(): Promise<void> {
  remember(undefined)
  const worker = await registration()
  for (const note of (await worker?.getNotifications()) ?? []) note.close()
  await leave()
}

async function leave(): Promise<void> {
  const worker = await registration()
  const subscription = await worker?.pushManager?.getSubscription()
  await subscription?.unsubscribe()
}

async function subscribe(
  worker: ServiceWorkerRegistration,
  key: string,
): Promise<PushSubscription> {
  const known = await worker.pushManager.getSubscription()
  if (known && isOf(known, key)) return known
  // A browser refuses another key beside the one before.
  await known?.unsubscribe()
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}

/** Made for this server's key. */
function isOf({ options }: PushSubscription, key: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0))
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key
}

function wanted(): string | null {
  try {
    return localStorage.getItem(WANTED)
  } catch {
    return null
  }
}

function remember(member: string | undefined): void {
  try {
    if (member) localStorage.setItem(WANTED, member)
    else localStorage.removeItem(WANTED)
  } catch {
    // Then it is not renewed by itself.
  }
}
