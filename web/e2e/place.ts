// The address of every screen of the demo, for stories that look at all of them, and a quick way
// from one to the next.

import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'
import { get, type Person } from './people'

const settings = [
  'profile',
  'appearance',
  'notifications',
  'security',
  'people',
  'invitations',
  'sign-in',
  'channels',
  'limits',
  'storage',
  'workspace',
  'hooks',
  'tokens',
  'emoji',
  'retention',
]

/** The address of every screen of the demo. */
export async function placesOf(guest: Person): Promise<string[]> {
  const channels = await get<{ id: string; name: string }[]>(guest, '/channels')
  const groups = await get<{ id: string; name: string }[]>(guest, '/groups')
  const team = groups.find(({ name }) => name === '前端组')?.id
  const spaces = await get<{ id: string }[]>(guest, '/spaces')
  const dev = channels.find(({ name }) => name === 'dev')?.id
  return [
    ...channels.map(({ id }) => `/c/${id}`),
    `/c/${dev}?pane=task:ENG-1`,
    `/c/${dev}?pane=info`,
    '/channels',
    '/inbox',
    '/my-work',
    '/threads',
    '/drafts',
    '/drafts/scheduled',
    '/people',
    `/people/${team}`,
    '/spaces',
    `/spaces/${spaces[0]?.id}`,
    '/search',
    '/search?q=%E4%B8%8A%E7%BA%BF',
    '/p/ENG/board',
    '/p/ENG/list',
    '/p/LAUNCH/settings',
    '/t/ENG-6',
    '/settings',
    ...settings.map((name) => `/settings/${name}`),
  ]
}

const underWay = new WeakMap<Page, Set<Request>>()

/** Goes there as a link would, without loading the app again, until nothing is fetched any more. */
export async function follow(page: Page, path: string): Promise<void> {
  const requests = underWay.get(page) ?? watch(page)
  await page.evaluate((to) => history.pushState(null, '', to), path)
  // What was fetched first may need more.
  for (let time = 0; time < 2; time += 1) {
    await drawn(page)
    await expect.poll(() => requests.size).toBe(0)
  }
  await drawn(page)
}

function watch(page: Page): Set<Request> {
  const requests = new Set<Request>()
  page.on('request', (request) => requests.add(request))
  page.on('requestfinished', (request) => requests.delete(request))
  page.on('requestfailed', (request) => requests.delete(request))
  underWay.set(page, requests)
  return requests
}

/** Until what is to be shown is on the screen. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    await frame()
    const ends = ({ effect }: Animation) => Number.isFinite(effect?.getComputedTiming().endTime)
    const fades = document.getAnimations().filter(ends)
    await Promise.allSettled(fades.map((each) => each.finished))
    await frame()
  })
}
