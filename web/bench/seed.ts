// A workspace to measure in, made over REST: channels full of talk, one project full of tasks.

import type { Browser } from 'playwright-core'
import {
  command,
  found,
  get,
  join,
  type Person,
  type Program,
  programOf,
  shared,
  visitor,
} from '../e2e/people'
import type { Server } from '../e2e/server'

export interface Amounts {
  channels: number
  /** In each channel. */
  messages: number
  tasks: number
  switches: number
  drags: number
}

/** Where to measure. */
export interface Place {
  browser: Browser
  server: Server
  /** Channels by name: `room-01` and so on. */
  channels: { id: string; name: string }[]
  /** A page of the owner, who is in all channels, with an empty replica. */
  open(): Promise<Person>
}

const LABELS = ['backend', 'web', '性能', 'customer', '文档']
const TALK = [
  (at: string) => `${at} 今天下午四点发版，请大家先看一下 **变更说明**。`,
  (at: string) => `${at} The export runs out of memory for large rosters; see \`roster.rs\`.`,
  (at: string) => `${at} 已经定位到原因：\n\n- 分页的游标没有带上排序\n- 重试时又从头开始`,
  (at: string) => `${at} ENG-${1 + (at.length % 9)} covers it. https://example.com/notes/42`,
  (at: string) => `${at} OK 👍`,
  (at: string) => `${at}\n\`\`\`rust\nlet page = roster.after(cursor).take(50);\n\`\`\``,
  (at: string) => `${at} Agreed. ${'Let us write that down before we forget why. '.repeat(4)}`,
]

export async function seed(browser: Browser, server: Server, amounts: Amounts): Promise<Place> {
  const owner = await visitor(browser, server)
  await found(owner, '李雷')
  const names = numbered(amounts.channels).map((at) => `room-${String(at).padStart(2, '0')}`)
  for (const name of names) await command(owner, { type: 'create_channel', name, kind: 'public' })
  const others = [await visitor(browser, server), await visitor(browser, server)]
  for (const [at, other] of others.entries()) await join(other, ['Mia', 'Tom'][at] ?? '', owner)
  const all = await get<{ id: string; name: string }[]>(owner, '/channels')
  const channels = all.filter(({ name }) => names.includes(name))
  const authors: Program[] = []
  for (const person of [owner, ...others]) authors.push(await programOf(person, server))
  await talk(authors, channels, amounts.messages)
  await plan(owner, authors, amounts.tasks)
  const state = await owner.context.storageState()
  for (const person of [owner, ...others]) await person.context.close()
  const open = async () => {
    const person = await visitor(browser, server, { width: 1600, height: 900 })
    await person.context.addCookies(state.cookies)
    return person
  }
  return { browser, server, channels, open }
}

/** Several in a row by one author, as people write; `room-01 #7` begins the seventh. */
async function talk(authors: Program[], channels: Place['channels'], messages: number) {
  await shared(channels, async ({ id, name }) => {
    for (const at of numbered(messages)) {
      const author = authors[Math.floor(at / 3) % authors.length]
      const text = TALK[at % TALK.length]?.(`${name} #${at}`)
      await author?.({ type: 'post_message', channel: id, text })
    }
  })
}

async function plan(owner: Person, [author]: Program[], tasks: number) {
  await command(owner, { type: 'create_project', key: 'ENG', name: 'Engine' })
  const [project] = await get<Project[]>(owner, '/projects')
  const members = (await get<{ id: string }[]>(owner, '/members')).map(({ id }) => id)
  const states = (project?.workflow.states ?? []).filter(({ category }) => category !== 'cancelled')
  await shared(numbered(tasks), async (at) => {
    await author?.({
      type: 'create_task',
      project: project?.id,
      title: at % 2 ? `班表导出在数据多时会超时 ${at}` : `Roster export times out ${at}`,
      state: states[at % states.length]?.id,
      priority: ['none', 'low', 'medium', 'high', 'urgent'][at % 5],
      labels: LABELS.slice(at % 4, (at % 4) + (at % 3)),
      assignees: at % 3 ? [members[at % members.length]] : [],
      ...(at % 4 === 0 ? { due: '2026-12-24' } : {}),
      ...(at % 5 === 0 ? { estimate: at % 13 } : {}),
    })
  })
}

interface Project {
  id: string
  workflow: { states: { id: string; category: string }[] }
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
