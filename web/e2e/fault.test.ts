// Nothing that somebody typed or that was confirmed is lost: no network, a server that dies.

import { expect } from 'vitest'
import { kept } from './device'
import { composer, delivered, message, say } from './screen'
import { deviceStory as story } from './stage'

story('what is written offline is sent once, later', async ({ pair: [li, mia] }) => {
  await say(li.page, 'before')
  await li.context.setOffline(true)
  for (const words of ['离线写的一句', 'and another']) {
    await composer(li.page).fill(words)
    await composer(li.page).press('Enter')
    await message(li.page, words).getByRole('img', { name: 'Sending' }).waitFor()
  }
  await say(mia.page, 'meanwhile')
  await li.context.setOffline(false)
  for (const words of ['离线写的一句', 'and another']) {
    await delivered(li.page, words)
    await message(mia.page, words).waitFor()
  }
  await message(li.page, 'meanwhile').waitFor()
  for (const { page } of [li, mia]) {
    for (const words of ['离线写的一句', 'and another', 'meanwhile']) {
      expect(await message(page, words).count()).toBe(1)
    }
  }
})

story('what is written offline outlives the page', async ({ pair: [li, mia], server }) => {
  await server.kill()
  await composer(li.page).fill('写完就关了网页')
  await composer(li.page).press('Enter')
  await message(li.page, '写完就关了网页').getByRole('img', { name: 'Sending' }).waitFor()
  await composer(li.page).fill('a draft')
  await server.restart()
  await li.page.reload()
  await delivered(li.page, '写完就关了网页')
  await message(mia.page, '写完就关了网页').waitFor()
  expect(await message(mia.page, '写完就关了网页').count()).toBe(1)
  await expect.poll(() => composer(li.page).inputValue()).toBe('a draft')
})

story('a server that is killed is taken up again', async ({ pair: [li, mia], server }) => {
  for (const number of [1, 2, 3]) {
    await say(li.page, `confirmed ${number}`)
    await server.kill()
    await composer(mia.page).fill(`in the dark ${number}`)
    await composer(mia.page).press('Enter')
    await server.restart()
    await delivered(mia.page, `in the dark ${number}`)
    await message(li.page, `in the dark ${number}`).waitFor()
  }
  for (const { page } of [li, mia]) {
    for (const number of [1, 2, 3]) {
      expect(await message(page, `confirmed ${number}`).count()).toBe(1)
      expect(await message(page, `in the dark ${number}`).count()).toBe(1)
    }
  }
  await say(mia.page, 'all is well')
  await message(li.page, 'all is well').waitFor()
})

story(
  'the page opens without its server, and what is typed there arrives',
  async ({ pair: [li, mia], server }) => {
    await say(mia.page, '下午四点发版')
    await kept(li.page, '下午四点发版')
    await server.kill()
    await li.page.reload()
    await message(li.page, '下午四点发版').waitFor()
    await li.page.locator('output', { hasText: 'Offline' }).waitFor()
    // Even what this page never showed before: every part of the build is here.
    await li.page.goto('/my-work')
    await li.page.getByRole('heading', { name: 'My work' }).waitFor()
    await li.page.getByRole('link', { name: /general/ }).click()
    await composer(li.page).fill('服务器回来就发')
    await composer(li.page).press('Enter')
    await message(li.page, '服务器回来就发').getByRole('img', { name: 'Sending' }).waitFor()
    await server.restart()
    await delivered(li.page, '服务器回来就发')
    await message(mia.page, '服务器回来就发').waitFor()
    expect(await message(mia.page, '服务器回来就发').count()).toBe(1)
  },
)

story('the worker keeps the build and nothing that anybody said', async ({ pair: [li] }) => {
  await say(li.page, 'a secret')
  await kept(li.page, 'a secret')
  await li.page.reload()
  await message(li.page, 'a secret').waitFor()
  const paths = await li.page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat()
    return requests.map(({ url }) => new URL(url).pathname)
  })
  expect(paths).toContain('/index.html')
  const build = /^\/(assets\/.*|icons\/[a-z0-9-]+\.png|[a-zA-Z.-]+\.(html|js|svg|webmanifest))$/
  const others = paths.filter((path) => !build.test(path))
  expect(others).toEqual([])
})

story(
  'who signs out without the server is signed out when it is back',
  async ({ pair: [li], server }) => {
    await say(li.page, 'before leaving')
    await kept(li.page, 'before leaving')
    await server.kill()
    await li.page.reload()
    await message(li.page, 'before leaving').waitFor()
    await li.page.getByRole('button', { name: /You and your settings/ }).click()
    await li.page.getByRole('menuitem', { name: 'Sign out' }).click()
    const again = li.page.getByRole('button', { name: 'Try again' })
    await again.waitFor()
    expect(await li.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
    await server.restart()
    await again.click()
    await li.page.getByRole('button', { name: 'Sign in' }).waitFor()
    const answer = await li.context.request.get('/api/v1/me')
    expect(answer.status()).toBe(401)
  },
)
