// Screens around all of these: the inbox, searching, the side bar, settings.

import { kinds } from './kinds.mjs'
import { arrange } from './scene.mjs'

export const shell = {
  inbox: { path: () => '/inbox' },
  inbox_beside: {
    path: () => '/inbox',
    act: async (page) => {
      await page.getByRole('main').locator('[data-row]', { hasText: 'ENG-' }).first().click()
      await page.getByRole('complementary').last().getByRole('textbox').last().waitFor()
    },
  },
  inbox_why: {
    path: () => '/inbox',
    act: async (page) => {
      await page.keyboard.press('j')
      await page.keyboard.press('w')
      await page.getByRole('dialog').waitFor()
    },
  },
  search_empty: { path: () => '/search' },
  search: { path: () => '/search?q=%E4%B8%8A%E7%BA%BF' },
  search_tasks: { path: () => '/search?q=login&type=task' },
  channels: { path: () => '/channels', on: 'phone' },
  palette: {
    path: () => '/my-work',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('lx')
    },
  },
  ...Object.fromEntries(
    ['new channel', 'browse join', 'direct message', 'new project', 'new task'].map((words) => [
      `dialog_${words.replace(' ', '_')}`,
      {
        path: () => '/my-work',
        act: async (page) => {
          await page.keyboard.press('Control+k')
          await page.getByRole('dialog').getByRole('combobox').fill(`> ${words}`)
          await page.keyboard.press('Enter')
          await page.getByRole('dialog').getByRole('heading').first().waitFor()
        },
      },
    ]),
  ),
  shortcuts: {
    path: () => '/my-work',
    act: async (page) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog').locator('dl').first().waitFor()
    },
  },
  side_bar: {
    path: () => '/channels',
    act: async (page) => {
      await arrange(page)
      await page.locator('[data-row]').filter({ visible: true }).first().click({ button: 'right' })
      await page.getByRole('menu').waitFor()
    },
  },
  settings: { path: () => '/settings' },
  ...Object.fromEntries(
    [
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
      'emoji',
      'tokens',
      'retention',
    ].map((name) => [`settings_${name}`, { path: () => `/settings/${name}` }]),
  ),
  ...Object.fromEntries(
    [
      ['saved', /^(Saved|收藏)$/],
      ['snoozed', /^(Snoozed|稍后处理)$/],
      ['done', /^(Done|已处理)$/],
    ].map(([face, name]) => [
      `inbox_${face}`,
      {
        path: () => '/inbox',
        act: async (page) => {
          if (face === 'saved') await kinds(page)
          await page.getByRole('tab', { name }).click()
          await page.waitForLoadState('networkidle')
        },
      },
    ]),
  ),
  inbox_later: {
    path: () => '/inbox',
    on: 'desk',
    act: async (page) => {
      await page.keyboard.press('j')
      await page.keyboard.press('h')
      await page.getByRole('menu').waitFor()
    },
  },
  search_filters: {
    path: () => '/search',
    act: async (page) => {
      await page.getByRole('main').getByRole('combobox').pressSequentially('in:')
      await page.getByRole('listbox').waitFor()
    },
  },
  search_none: { path: () => '/search?q=zzzzqqq' },
  search_people: { path: () => '/search?q=%E7%8E%8B&type=person' },
  search_fault: { path: () => '/search?q=from%3Anobody' },
  account_menu: {
    path: () => '/my-work',
    on: 'desk',
    act: async (page) => {
      await page.getByRole('button', { name: /You and your settings|个人与设置/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  status: {
    path: () => '/my-work',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('> status')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  nowhere: { path: () => '/nowhere' },
}
