// Screens of a workspace in which nothing has happened yet.

import { randomUUID } from 'node:crypto'

export const fresh = {
  screens: {
    fresh_channel: { path: ({ channel }) => `/c/${channel}` },
    fresh_info: { path: ({ channel }) => `/c/${channel}?pane=info` },
    fresh_inbox: { path: () => '/inbox' },
    fresh_saved: {
      path: () => '/inbox',
      act: (page) => page.getByRole('tab', { name: /^(Saved|收藏)$/ }).click(),
    },
    fresh_mywork: { path: () => '/my-work' },
    fresh_board: { path: () => '/p/ENG/board' },
    fresh_list: { path: () => '/p/ENG/list' },
    fresh_threads: { path: () => '/threads' },
    fresh_drafts: { path: () => '/drafts' },
    fresh_scheduled: { path: () => '/drafts/scheduled' },
    fresh_spaces: { path: () => '/spaces' },
    fresh_people: { path: () => '/people' },
    fresh_emoji: { path: () => '/settings/emoji' },
    fresh_hooks: { path: () => '/settings/hooks' },
    fresh_tokens: { path: () => '/settings/tokens' },
    fresh_invitations: { path: () => '/settings/invitations' },
    fresh_channels: { path: () => '/channels', on: 'phone' },
  },
  found,
}

/** Somebody in a workspace of their own, with a project in which there is nothing. */
async function found(request, url) {
  const answer = await request.post(`${url}/api/v1/setup`, {
    data: {
      workspace_name: '山茶 Camellia',
      name: '李雷',
      email: 'li@tenon.example',
      password: 'correct horse battery',
      time_zone: 'Asia/Shanghai',
      language: 'zh-CN',
    },
  })
  const headers = { 'x-tenon-csrf': (await answer.json()).csrf }
  const command = { type: 'create_project', key: 'ENG', name: '引擎' }
  await request.post(`${url}/api/v1/commands`, {
    data: { request_id: randomUUID(), command },
    headers,
  })
  const list = await (await request.get(`${url}/api/v1/channels`)).json()
  return { channel: (list.items ?? list)[0].id }
}
