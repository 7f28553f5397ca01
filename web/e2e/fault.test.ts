// Nothing that somebody typed or that was confirmed is lost: no network, a server that dies.

import { expect } from 'vitest'
import { composer, delivered, message, say } from './screen'
import { story } from './stage'

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
