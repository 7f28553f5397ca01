// Screens of people and of the spaces they share.

import { followDepartments } from './scene.mjs'

export const people = {
  spaces: { path: () => '/spaces' },
  space: { path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}` },
  space_new: {
    path: () => '/spaces',
    act: async (page) => {
      await page.getByRole('button', { name: /New space|新建空间/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  space_edit: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.getByRole('button', { name: /Menu of the space|空间菜单/ }).click()
      await page.getByRole('menuitem', { name: /Edit space|编辑空间/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  space_channel: {
    path: ({ channels }) => `/c/${channels.launch}`,
    act: async (page) => {
      await page.getByRole('button', { name: /Channel menu|频道菜单/ }).click()
      await page.getByRole('menuitem', { name: /Edit channel|编辑频道/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  space_follow: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      await page
        .getByText(/via 研发部|来自研发部/)
        .first()
        .waitFor()
      await page.getByRole('button', { name: /Menu of the space|空间菜单/ }).click()
      await page.getByRole('menuitem', { name: /Follow groups|跟随群组/ }).click()
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
  },
  space_via: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      await page
        .getByText(/via 研发部|来自研发部/)
        .first()
        .waitFor()
    },
  },
  space_held: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      const row = page
        .getByRole('listitem')
        .filter({ hasText: /via 研发部|来自研发部/ })
        .first()
      await row.getByRole('button').click()
      await page.getByRole('dialog').waitFor()
    },
  },
  channel_follow: {
    path: ({ channels }) => `/c/${channels.launch}`,
    act: async (page) => {
      await page.getByRole('button', { name: /Channel menu|频道菜单/ }).click()
      await page.getByRole('menuitem', { name: /管理频道|Manage channel/ }).click()
      await page.getByRole('menuitem', { name: /Follow groups|跟随群组/ }).click()
      await page.getByRole('dialog').getByRole('switch').first().waitFor()
    },
  },
  group_followed: {
    path: ({ spaces }) => `/spaces/${spaces['好班 2.0 上市']}`,
    act: async (page) => {
      await page.evaluate(followDepartments)
      await page.goto(new URL('/people', page.url()).href)
      await page
        .getByRole('link', { name: /研发部/ })
        .first()
        .click()
      await page.getByRole('region', { name: /Followed by|跟随它/ }).waitFor()
    },
  },
  directory: { path: () => '/people' },
  directory_all: { path: () => '/people/all', on: 'phone' },
  group: {
    path: () => '/people',
    act: async (page) => {
      await page
        .getByRole('link', { name: /研发部/ })
        .first()
        .click()
      await page.getByRole('heading', { name: /研发部/ }).waitFor()
    },
  },
  group_new: {
    path: () => '/people',
    act: async (page) => {
      await page.getByRole('button', { name: /New group|新建部门/ }).click()
      await page.getByRole('dialog').getByRole('textbox').first().waitFor()
    },
  },
  group_add: {
    path: () => '/people',
    act: async (page) => {
      await page
        .getByRole('link', { name: /发布小组/ })
        .first()
        .click()
      await page.getByRole('button', { name: /Add people|添加成员/ }).click()
      await page.getByRole('dialog').getByRole('combobox').waitFor()
    },
  },
}
