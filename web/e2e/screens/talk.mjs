// Screens of talk: what to open, and what to do there before the picture.

import { kinds } from './kinds.mjs'
import { holdMessages, otherWords, scheduleSome } from './scene.mjs'

export const talk = {
  channel: { path: ({ channels }) => `/c/${channels.产品}` },
  dev: { path: ({ channels }) => `/c/${channels.dev}` },
  support: { path: ({ channels }) => `/c/${channels.客服}` },
  cards: { path: ({ channels }) => `/c/${channels.研发动态}` },
  thread: {
    path: ({ channels }) => `/c/${channels.dev}`,
    act: async (page) => {
      await page
        .locator('article[data-message]', { hasText: 'local.in_tz' })
        .locator('button', { hasText: /回复|repl/ })
        .click()
      await page.getByText('New Zealand').or(page.getByText('ENG-7')).first().waitFor()
    },
  },
  acknowledgement: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const ask = page.getByRole('button', { name: /^(Ask for acknowledgement|请求确认收到)$/ })
      const box = page.getByRole('main').getByRole('textbox')
      await ask.click()
      await box.fill('周五 22:00 停机维护，请提前保存 🙏')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      const sent = page.locator('article[data-message]', { hasText: '停机维护' }).last()
      await sent.getByRole('button', { name: /0 of|0\/\d+ 人/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  answer: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      await page.locator('article[data-message]', { hasText: '打印出来' }).first().focus()
      await page.keyboard.press('q')
      await box.fill('贴二维码就行，扫出来总是最新的。')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      await page.locator('article[data-message]', { hasText: '最新的' }).first().waitFor()
      await page.locator('article[data-message]', { hasText: '打印出来' }).first().focus()
      await page.keyboard.press('q')
    },
  },
  forward: {
    path: ({ channels }) => `/c/${channels.招聘}`,
    act: async (page) => {
      await page.locator('article[data-message]').last().focus()
      await page.keyboard.press('f')
      await page.getByRole('dialog').getByRole('radio').first().check({ force: true })
      await page.getByRole('dialog').getByRole('status').waitFor()
    },
  },
  readers: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      await box.fill('今天五点前把反馈给我')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      const row = page.locator('article[data-message]', { hasText: '五点前' }).last()
      await row.getByRole('img', { name: /^(Sending|发送中)$/ }).waitFor({ state: 'detached' })
      await row.focus()
      await page.keyboard.press('m')
      const readers = page.getByRole('button', { name: /^(Who has read it|已读情况)$/ })
      await page.getByRole('dialog').locator(readers).click()
      await page.getByText(/^(Read: 0|已读 0)/).waitFor()
    },
  },
  threads: { path: () => '/threads' },
  drafts: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      const put = page.waitForResponse(/drafts\/channel/)
      await box.fill('**周报**：本周完成了导出，下周开始做打印。还差两张截图。')
      await put
      await page.goto(new URL('/drafts', page.url()).href)
      await page.getByRole('main').getByRole('listitem').first().waitFor()
    },
  },
  scheduled: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.evaluate(scheduleSome)
      await page.goto(new URL('/drafts/scheduled', page.url()).href)
      await page.getByRole('main').getByRole('listitem').first().waitFor()
    },
  },
  undo_send: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.evaluate(holdMessages)
      const box = page.getByRole('main').getByRole('textbox')
      await box.fill('班表我下午三点前发出来')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      await page
        .getByRole('main')
        .getByRole('button', { name: /^(Undo|撤销)$/ })
        .waitFor()
    },
  },
  send_later: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      await box.fill('明早九点前请确认班表')
      await page.getByRole('button', { name: /^(Send later|定时发送)$/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  set_aside: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const box = page.getByRole('main').getByRole('textbox')
      const put = page.waitForResponse(/drafts\/channel/)
      await box.fill('周报：本周完成了导出，下周开始做打印。')
      await put
      await page.evaluate(otherWords)
      await box.fill('周报：本周完成了导出，下周开始做打印。还差两张截图。')
      await page.getByRole('region', { name: /another device|另一台设备/ }).waitFor()
    },
  },
  group_mention: {
    path: ({ channels }) => `/c/${channels.dev}`,
    act: async (page) => {
      const box = page.getByRole('textbox').last()
      await box.fill('请@前端组 看下')
      await box.press('Control+Enter')
      await page.locator('.mention', { hasText: '前端组' }).last().waitFor()
      await box.pressSequentially('请@yf')
      await page.getByRole('listbox').waitFor()
    },
  },
  maketask: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.locator('article[data-message]', { hasText: '打印出来' }).first().focus()
      await page.keyboard.press('t')
      await page.getByRole('dialog').locator('textarea').waitFor()
    },
  },
  select: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.locator('article[data-message]', { hasText: '打印出来' }).first().focus()
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('t')
      await page.getByRole('dialog').locator('textarea').waitFor()
    },
  },
  posting: {
    path: ({ channels }) => `/c/${channels.综合}`,
    act: async (page) => {
      await page.getByRole('button', { name: /频道菜单|Channel menu/ }).click()
      await page.getByRole('menuitem', { name: /管理频道|Manage channel/ }).click()
      await page.getByRole('menuitem', { name: /发言权限|Who may post/ }).click()
      await page.getByRole('dialog').getByRole('switch').first().waitFor()
    },
  },
  channel_menu: {
    path: ({ channels }) => `/c/${channels.launch}`,
    act: async (page) => {
      await page.getByRole('button', { name: /频道菜单|Channel menu/ }).click()
      await page.getByRole('menu').waitFor()
    },
  },
  format_bar: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      const show = page
        .getByRole('main')
        .getByRole('button', { name: /^(Show formatting|显示格式栏)$/ })
      if ((await show.count()) > 0) await show.click()
      await page.getByRole('toolbar').waitFor()
      await page.getByRole('main').getByRole('textbox').fill('本周 **三件事**：\n1. 班表\n2. 导出')
    },
  },
  kinds: { path: () => '/my-work', act: (page) => openKinds(page) },
  kinds_folded: {
    path: () => '/my-work',
    act: async (page) => {
      await openKinds(page)
      const row = page.getByRole('main').locator('article[data-message]').first()
      await row.evaluate((it) => it.closest('.overflow-y-auto').scrollTo({ top: 0 }))
      await page
        .getByText(/^(Show more|展开)/)
        .first()
        .waitFor()
    },
  },
  kinds_middle: {
    path: () => '/my-work',
    act: async (page) => {
      await openKinds(page)
      const row = page.getByRole('main').locator('article[data-message]').first()
      await row.evaluate((it) => {
        const list = it.closest('.overflow-y-auto')
        list.scrollTo({ top: list.scrollHeight * 0.45 })
      })
    },
  },
  kinds_info: { path: () => '/my-work', act: (page) => openKinds(page, '?pane=info') },
  lightbox: {
    path: () => '/my-work',
    act: async (page) => {
      await openKinds(page)
      await page
        .getByRole('button', { name: /首页\.png$/ })
        .last()
        .click()
      await page.getByRole('dialog').waitFor()
    },
  },
  poll_new: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page
        .getByRole('main')
        .getByRole('button', { name: /^(Poll|投票)$/ })
        .click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  emoji_picker: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await message(page, '打印出来').focus()
      await page.keyboard.press('+')
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
  schedule: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.getByRole('main').getByRole('textbox').fill('明早九点前请确认班表')
      await page.getByRole('button', { name: /^(Send later|定时发送)$/ }).click()
      await page.getByRole('menuitem', { name: /其他时间|Another time/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  sheet: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await message(page, '打印出来').focus()
      await page.keyboard.press('m')
      await page.getByRole('dialog').waitFor()
    },
  },
  message_menu: {
    path: ({ channels }) => `/c/${channels.产品}`,
    on: 'desk',
    act: async (page) => {
      await openMessageMenu(page)
    },
  },
  remind_menu: {
    path: ({ channels }) => `/c/${channels.产品}`,
    on: 'desk',
    act: async (page) => {
      await openMessageMenu(page)
      await page.getByRole('menuitem', { name: /^(提醒我|Remind me)$/ }).click()
      await page.getByRole('menuitem', { name: /选择时间|Pick a time/ }).waitFor()
    },
  },
  remind: {
    path: ({ channels }) => `/c/${channels.产品}`,
    on: 'desk',
    act: async (page) => {
      await openMessageMenu(page)
      await page.getByRole('menuitem', { name: /^(提醒我|Remind me)$/ }).click()
      await page.getByRole('menuitem', { name: /选择时间|Pick a time/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  edit: {
    path: () => '/my-work',
    act: async (page) => {
      await openKinds(page)
      await message(page, '两张图').last().focus()
      await page.keyboard.press('e')
      await page.getByRole('main').getByRole('textbox').nth(1).waitFor()
    },
  },
  erase: {
    path: () => '/my-work',
    act: async (page) => {
      await openKinds(page)
      await message(page, '两张图').last().focus()
      await page.keyboard.press('Delete')
      await page.getByRole('alertdialog').waitFor()
    },
  },
  channel_mention: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await write(page, '见 #de')
      await page.getByRole('listbox').waitFor()
    },
  },
  slash: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await write(page, '/')
      await page.getByRole('listbox').waitFor()
    },
  },
  emoji_completion: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await write(page, ':smi')
      await page.getByRole('listbox').waitFor()
    },
  },
  offline: {
    path: ({ channels }) => `/c/${channels.产品}`,
    act: async (page) => {
      await page.context().setOffline(true)
      await page.getByRole('main').getByRole('textbox').fill('没有网也能写')
      await page.getByRole('button', { name: /^(Send|发送)$/ }).click()
      await message(page, '没有网').waitFor()
      await page
        .getByText(/^You are offline|^当前离线/)
        .first()
        .waitFor()
    },
    after: (page) => page.context().setOffline(false),
  },
  not_found: { path: () => '/c/0195b1c2-0000-7000-8000-000000000000' },
}

/** Key by key, in place of what was begun for an earlier picture. */
async function write(page, words) {
  const box = page.getByRole('main').getByRole('textbox')
  await box.fill('')
  await box.pressSequentially(words)
}

const message = (page, words) =>
  page.getByRole('main').locator('article[data-message]', { hasText: words }).first()

async function openKinds(page, rest = '') {
  const id = await kinds(page)
  await page.goto(new URL(`/c/${id}${rest}`, page.url()).href)
  await page.locator('article[data-message], aside').last().waitFor()
  await page.waitForLoadState('networkidle')
}

async function openMessageMenu(page) {
  const row = message(page, '打印出来')
  await row.hover()
  await row.getByRole('button', { name: /^(更多|More)$/ }).click()
  await page.getByRole('menu').waitFor()
}
