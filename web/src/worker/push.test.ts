// Pushes as the service worker takes them, in a world of fakes; real delivery is in e2e.

import { beforeEach, expect, it } from 'vitest'
import type { Opened, Pushed } from '../sync/pushed'
import { attendPushes } from './push'

interface Note {
  title: string
  tag: string
  lang?: string
  body?: string
  data?: { id: string; path: string }
  close(): void
}

let notes: Note[]
let pages: { focused: boolean; heard: Opened[] }[]
let opened: string[]
let listeners: Map<string, (event: object) => void>

beforeEach(() => {
  notes = []
  pages = []
  opened = []
  listeners = new Map()
  const registration = {
    getNotifications: async ({ tag }: { tag?: string } = {}) =>
      notes.filter((note) => !tag || note.tag === tag),
    showNotification: async (title: string, options: Omit<Note, 'title' | 'close'>) => {
      notes = notes.filter(({ tag }) => tag !== options.tag)
      const note: Note = {
        title,
        ...options,
        close: () => {
          notes = notes.filter((other) => other !== note)
        },
      }
      notes.push(note)
    },
  }
  const clients = {
    matchAll: async () =>
      pages.map((page) => ({
        focused: page.focused,
        focus: async () => {
          page.focused = true
        },
        postMessage: (word: Opened) => page.heard.push(word),
      })),
    openWindow: async (path: string) => opened.push(path),
  }
  const addEventListener = (type: string, listener: (event: object) => void) =>
    listeners.set(type, listener)
  attendPushes({ addEventListener, registration, clients } as never)
})

async function happen(type: string, event: object): Promise<void> {
  let work: Promise<unknown> = Promise.resolve()
  const waitUntil = (promise: Promise<unknown>) => {
    work = promise
  }
  listeners.get(type)?.({ ...event, waitUntil })
  await work
}

const push = (told: Pushed) => happen('push', { data: { json: () => told } })

const show = (id: string, tag: string, title: string): Pushed => ({
  type: 'show',
  id,
  tag,
  lang: 'zh-CN',
  title,
  body: '首页文案看一下',
  path: `/m/${id}`,
})

it('shows what it is told, in the language that it is told in', async () => {
  await push(show('1', 'a', '王芳提到了你'))
  expect(notes).toMatchObject([
    {
      title: '王芳提到了你',
      tag: 'a',
      lang: 'zh-CN',
      body: '首页文案看一下',
      data: { id: '1', path: '/m/1' },
    },
  ])
})

it('shows the newest of a conversation, and nothing twice', async () => {
  await push(show('1', 'a', 'one'))
  await push(show('1', 'a', 'one again'))
  await push(show('2', 'a', 'two'))
  await push(show('3', 'b', 'three'))
  expect(notes.map(({ title }) => title)).toEqual(['two', 'three'])
})

it('takes away what was seen to elsewhere', async () => {
  await push(show('1', 'a', 'one'))
  await push(show('2', 'b', 'two'))
  await push({ type: 'close', tags: ['a', 'gone already'] })
  expect(notes.map(({ title }) => title)).toEqual(['two'])
})

it('makes nothing of what is not ours', async () => {
  await happen('push', { data: null })
  const json = () => JSON.parse('no json')
  await happen('push', { data: { json } })
  expect(notes).toEqual([])
})

const click = (note: Note | undefined) => happen('notificationclick', { notification: note })

it('opens the place in a page that is open, the one that is looked at', async () => {
  await push(show('1', 'a', 'one'))
  pages = [
    { focused: false, heard: [] },
    { focused: true, heard: [] },
  ]
  await click(notes[0])
  expect(pages.map(({ heard }) => heard)).toEqual([[], [{ type: 'tenon.open', path: '/m/1' }]])
  expect(notes).toEqual([])
  expect(opened).toEqual([])
})

it('opens a page where there is none', async () => {
  await push(show('1', 'a', 'one'))
  await click(notes[0])
  expect(opened).toEqual(['/m/1'])
})
