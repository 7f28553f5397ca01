// The stage of every story: a browser for the file; a server and two people for each story, in
// one workspace unless the story begins before there is one (then it asks for strangers).

import type { Browser } from 'playwright-core'
import { expect, test } from 'vitest'
import { found, join, openBrowser, type Person, visitor } from './people'
import { composer } from './screen'
import { type Server, startServer } from './server'

interface Stage {
  /** The browser is a whole one, with service workers. */
  device: boolean
  browser: Browser
  server: Server
  /** A server with the demo in it, instead of an empty one. */
  demo: Server
  strangers: [Person, Person]
  /** The owner, and a member of the one channel. */
  pair: [Person, Person]
}

export const story = test.extend<Stage>({
  device: [false, { scope: 'file' }],
  browser: [
    async ({ device }, use) => {
      const browser = await openBrowser(device)
      await use(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from here
  server: async ({}, use) => {
    const server = await startServer()
    await use(server)
    await server.remove()
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads what a fixture needs from here
  demo: async ({}, use) => {
    const server = await startServer('--demo')
    await use(server)
    await server.remove()
  },
  strangers: async ({ browser, server }, use) => {
    const people: [Person, Person] = [
      await visitor(browser, server),
      await visitor(browser, server),
    ]
    await use(people)
    for (const person of people) await person.context.close()
  },
  pair: async ({ strangers }, use) => {
    const [li, mia] = strangers
    await found(li, '李雷')
    await join(mia, 'Mia', li)
    await composer(li.page).waitFor()
    await composer(mia.page).waitFor()
    await use(strangers)
  },
})

/** A story about what only a whole browser does. */
export const deviceStory = story.extend<Pick<Stage, 'device'>>({
  device: [true, { scope: 'file' }],
})

/** Nothing went wrong unseen: no exception, no error in the console. */
export function expectNoFaults(...people: Person[]): void {
  expect(people.flatMap((person) => person.faults)).toEqual([])
}
