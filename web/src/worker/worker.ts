// The service worker: keeps the files of this build on the device, so that the UI opens without
// the server. Built as /worker.js by scripts/keep.ts, registered by src/sync/build.ts. Never
// answers for the interface and never keeps what it says: what is a member's lies in the replica.
// Shows what is pushed to the device (push.ts).

import { attendPushes } from './push'

/** Every file of this build by its address, with the hash of its content; written by the build. */
declare const __FILES__: Record<string, string>
/** One hash of all of them. */
declare const __BUILD__: string

const worker = self as unknown as ServiceWorkerGlobalScope
const FILES = __FILES__
/** Limit: one build is kept, and a second one while it waits for the pages of the first. */
const CACHE = `tenon:${__BUILD__}`
/** How long the server may take before the page opens from what is kept. */
const PATIENCE_MS = 2_000
/** What something between here and the server says when the server is away. */
const AWAY = new Set([502, 503, 504])
/** Addresses that are the server's own, not the UI's. */
const SERVERS = /^\/(api|hooks|healthz|readyz|metrics)(\/|$)/

attendPushes(worker)
worker.addEventListener('install', (event) => event.waitUntil(keep()))
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== worker.location.origin || request.method !== 'GET') return
  if (request.mode === 'navigate') {
    if (!SERVERS.test(pathname)) event.respondWith(newest(request, '/index.html'))
  } else if (Object.hasOwn(FILES, pathname)) {
    // The name of a file in there says what is in it: any copy is the right one.
    const isHashed = pathname.startsWith('/assets/')
    event.respondWith(isHashed ? kept(request, pathname) : newest(request, pathname))
  }
})

/** All files of this build or none: one that is not byte for byte of it fails the installation. */
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE)
  const requests = Object.entries(FILES).map(
    ([path, integrity]) => new Request(path, { integrity }),
  )
  await cache.addAll(requests)
}

/** The files of other builds go: no page of theirs is open any more. */
async function takeOver(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function kept(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}

/** From the server; from what is kept if it is away or slow. */
async function newest(request: Request, path: string): Promise<Response> {
  const slow = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))
  const answered = fetch(request).catch(() => undefined)
  const answer = await Promise.race([answered, slow])
  if (answer && !AWAY.has(answer.status)) return answer
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? (await answered) ?? Response.error()
}
