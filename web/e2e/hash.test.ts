// A channel that a message names is a link for those who may see it, and a word for all others.

import { expect } from 'vitest'
import { violationsOf } from './axe'
import { command } from './people'
import { composer, message, say } from './screen'
import { expectNoFaults, story } from './stage'

story(
  'a channel is completed, and named to those alone who see it',
  async ({ pair: [li, mia] }) => {
    await command(li, { type: 'create_channel', name: '内部', kind: 'private', topic: '' })
    await command(li, {
      type: 'create_channel',
      name: 'news',
      kind: 'public',
      topic: 'What is new',
    })
    const box = composer(li.page)
    await box.pressSequentially('见#ne')
    await li.page.getByRole('option', { name: /^news/ }).waitFor()
    await box.press('Enter')
    await box.pressSequentially('和#nb')
    await li.page.getByRole('option', { name: /^内部/ }).waitFor()
    await box.press('Enter')
    expect(await box.inputValue()).toBe('见#news 和#内部 ')
    await box.press('Enter')
    const own = message(li.page, '见#news')
    await own.getByRole('link', { name: '#内部' }).waitFor()
    const seen = message(mia.page, '见#news 和#内部')
    await seen.getByRole('link', { name: '#news' }).waitFor()
    expect(await seen.getByRole('link', { name: /^#/ }).allTextContents()).toEqual(['#news'])
    expect(await violationsOf(mia.page, 'a link')).toEqual([])
    // Nor is it offered to her.
    await composer(mia.page).fill('#')
    await mia.page.getByRole('option', { name: /^news/ }).waitFor()
    expect(await mia.page.getByRole('option', { name: /内部/ }).count()).toBe(0)
    await composer(mia.page).fill('')
    await seen.getByRole('link', { name: '#news' }).click()
    await mia.page.getByRole('heading', { name: 'news' }).first().waitFor()
    await say(li.page, '#news没有别的')
    await message(li.page, '没有别的').getByRole('link', { name: '#news' }).waitFor()
    expectNoFaults(li, mia)
  },
)
