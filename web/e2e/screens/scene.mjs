// What is done for a picture before it is taken: by REST, as the person who looks.

import { randomUUID } from 'node:crypto'

/** What the person who looks can ask the server for. */
export async function api(page) {
  const base = `${new URL(page.url()).origin}/api/v1`
  const read = async (answer) => {
    if (!answer.ok()) throw new Error(`${answer.url()}: ${await answer.text()}`)
    return answer.json()
  }
  const get = async (path) => read(await page.request.get(base + path))
  const headers = { 'x-tenon-csrf': (await get('/me')).csrf }
  const post = async (path, data) => read(await page.request.post(base + path, { data, headers }))
  return {
    get,
    post,
    remove: (path) => page.request.delete(base + path, { headers }),
    command: (command) => post('/commands', { request_id: randomUUID(), command }),
    upload: async (name, mimeType, buffer) => {
      const multipart = { file: { name, mimeType, buffer } }
      return (await read(await page.request.post(`${base}/files`, { multipart, headers }))).id
    },
  }
}

/** In the page: another device writes where this one does. */
export async function otherWords() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const { items } = await (await fetch('/api/v1/drafts')).json()
  const [{ home, revision }] = items
  await fetch(`/api/v1/drafts/${home}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
    body: JSON.stringify({ text: '周报：在手机上写的开头', base: revision }),
  })
}

/** In the page: what is sent can be taken back. */
export async function holdMessages() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const preferences = { sound: true, browser: true, undo_send_s: 10 }
  await fetch('/api/v1/preferences', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
    body: JSON.stringify(preferences),
  })
}

/** In the page: two messages for later. */
export async function scheduleSome() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const channel = location.pathname.split('/')[2]
  for (const [text, at] of [
    ['各位早，**班表**今天中午定稿，有调整请在十一点前说。', '2027-01-04T01:00:00Z'],
    ['提醒：周五盘点，提前半小时到店。', '2027-01-08T00:30:00Z'],
  ]) {
    await fetch('/api/v1/scheduled', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
      body: JSON.stringify({ channel, text, at }),
    })
  }
}

/** In the page: the space follows a department. */
export async function followDepartments() {
  const { csrf } = await (await fetch('/api/v1/me')).json()
  const { items } = await (await fetch('/api/v1/groups')).json()
  const { id } = items.find(({ name }) => name === '研发部')
  const space = location.pathname.split('/')[2]
  await fetch(`/api/v1/spaces/${space}/groups/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-tenon-csrf': csrf },
    body: '{}',
  })
}

/** A section of one's own, and a star. */
export async function arrange(page) {
  const base = `${new URL(page.url()).origin}/api/v1`
  const { csrf } = await (await page.request.get(`${base}/me`)).json()
  const headers = { 'x-tenon-csrf': csrf }
  const put = (data) => page.request.put(`${base}/side-bar/rows`, { data, headers })
  const bar = await (await page.request.get(`${base}/side-bar`)).json()
  if (bar.sections.length > 4) return
  const { items } = await (await page.request.get(`${base}/channels`)).json()
  const mine = items.filter(({ kind, archived }) => kind !== 'direct' && !archived)
  const data = { name: '本周上线 Launch' }
  const made = await page.request.post(`${base}/side-bar/sections`, { data, headers })
  const [starred, own] = (await made.json()).sections
  await put({ row: { channel: mine[0].id }, section: starred.id })
  for (const { id } of mine.slice(1, 3)) await put({ row: { channel: id }, section: own.id })
}
