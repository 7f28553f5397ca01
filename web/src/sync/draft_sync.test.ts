// Drafts between devices: nothing that is here alone is replaced, nothing unseen is replaced there.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Draft } from '../protocol'
import { DraftSync } from './draft_sync'
import { Drafts } from './drafts'
import { Refused } from './pending'
import type { Rest } from './rest'
import type { View } from './view'

const HOME = 'channel:c'
const PAUSE = 3_000
const LATER = 11_000

interface Put {
  text: string
  base: number
  forget_set_aside?: boolean
}

/** The server of these tests: what stands, and the same rules as the real one's. */
class Server {
  draft: Draft | undefined
  readonly puts: Put[] = []
  isAway = false
  /** Takes the next draft, and loses the answer. */
  losesAnswer = false

  put({ text, base, forget_set_aside }: Put): Draft {
    const before = this.draft
    const isKnown = !before || before.revision === base
    let set_aside = forget_set_aside && isKnown ? [] : (before?.set_aside ?? [])
    let stands = text
    if (before && !isKnown && text === '') stands = before.text
    else if (before && !isKnown && !text.includes(before.text)) {
      set_aside = [...set_aside, before.text]
    }
    const revision = Math.max(Date.now(), (before?.revision ?? 0) + 1)
    const draft = { home: HOME, text: stands, set_aside, revision, changed_at: `at ${revision}` }
    this.draft = stands === '' && set_aside.length === 0 ? undefined : draft
    return draft
  }

  readonly rest = {
    get: async () => {
      if (this.isAway) throw new Refused({ code: 'offline', message: '' })
      return { items: this.draft ? [this.draft] : [] }
    },
    put: async (path: string, body: Put) => {
      expect(path).toBe(`/drafts/${HOME}`)
      if (this.isAway) throw new Refused({ code: 'offline', message: '' })
      this.puts.push(body)
      const draft = this.put(body)
      if (!this.losesAnswer) return draft
      this.losesAnswer = false
      throw new Refused({ code: 'offline', message: '' })
    },
  } as unknown as Rest
}

function device(server: Server, disk = new Map<string, string>()) {
  const view = { touch: () => {} } as unknown as View
  const drafts = new Drafts(view, {
    putDrafts: async (all) => {
      for (const [key, text] of all) disk.set(key, text)
    },
  })
  drafts.restore([...disk].filter(([, text]) => text !== ''))
  const sync = new DraftSync({ view, drafts, rest: server.rest, isOnline: () => !server.isAway })
  drafts.onTyped = (key) => sync.typed(key)
  return { drafts, sync, disk }
}

const after = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('puts a draft when typing pauses, once', async () => {
  const server = new Server()
  const { drafts } = device(server)
  for (const text of ['H', 'He', 'Hello']) {
    drafts.set(HOME, text)
    await after(500)
  }
  expect(server.puts).toEqual([])
  await after(PAUSE)
  expect(server.puts).toEqual([{ text: 'Hello', base: 0 }])
  // Sent: gone at once.
  drafts.set(HOME, '')
  await after(0)
  expect(server.draft).toBeUndefined()
})

it('keeps what is no conversation on the device', async () => {
  const server = new Server()
  const { drafts } = device(server)
  drafts.set('files:channel:c', '[]')
  drafts.set('new-task:title', 'a task')
  await after(PAUSE)
  expect(server.puts).toEqual([])
})

it('takes what another device wrote, but not under the caret', async () => {
  const server = new Server()
  const { drafts, sync } = device(server)
  sync.hear(server.put({ text: 'from the phone', base: 0 }))
  expect(drafts.get(HOME)).toBe('from the phone')
  drafts.set(HOME, 'from the phone, and here')
  await after(PAUSE)
  const base = server.draft?.revision ?? 0
  sync.hear(server.put({ text: 'short', base }))
  expect(drafts.get(HOME)).toBe('from the phone, and here')
  await after(LATER)
  expect(drafts.get(HOME)).toBe('short')
})

it('sets the older words aside when both wrote', async () => {
  const server = new Server()
  const { drafts, sync } = device(server)
  drafts.set(HOME, 'at the desk')
  sync.hear(server.put({ text: 'at the phone', base: 0 }))
  expect(drafts.get(HOME)).toBe('at the desk')
  await after(PAUSE)
  expect(server.draft).toMatchObject({ text: 'at the desk', set_aside: ['at the phone'] })
  expect(sync.setAside(HOME)).toEqual(['at the phone'])
  sync.settle(HOME, true)
  expect(sync.setAside(HOME)).toEqual([])
  await after(PAUSE)
  expect(server.draft).toMatchObject({ text: 'at the desk\nat the phone', set_aside: [] })
})

it('drops what was set aside only when told to', async () => {
  const server = new Server()
  const { drafts, sync } = device(server)
  server.put({ text: 'at the phone', base: 0 })
  drafts.set(HOME, 'at the desk')
  await after(PAUSE)
  drafts.set(HOME, '')
  await after(0)
  expect(sync.list()).toMatchObject([{ home: HOME, text: '', setAside: ['at the phone'] }])
  sync.settle(HOME, false)
  await after(PAUSE)
  expect(server.draft).toBeUndefined()
  expect(sync.list()).toEqual([])
})

it('sends nothing of another device away with its own', async () => {
  const server = new Server()
  const { drafts } = device(server)
  drafts.set(HOME, 'Hello')
  await after(PAUSE)
  server.put({ text: 'Hello, more from the phone', base: server.draft?.revision ?? 0 })
  // The signal was lost; what is here is sent.
  drafts.set(HOME, '')
  await after(0)
  expect(drafts.get(HOME)).toBe('Hello, more from the phone')
})

it('goes on after a reload, offline and with a lost answer', async () => {
  const server = new Server()
  const first = device(server)
  server.losesAnswer = true
  first.drafts.set(HOME, 'Hello')
  await after(PAUSE)
  // It is sent before anybody knows that the draft came there: it must not come back.
  first.drafts.set(HOME, '')
  await after(20_000)
  expect(first.drafts.get(HOME)).toBe('')
  expect(server.draft).toBeUndefined()
  server.isAway = true
  first.drafts.set(HOME, 'offline words')
  await after(PAUSE)
  const second = device(server, first.disk)
  expect(second.drafts.get(HOME)).toBe('offline words')
  expect(second.sync.list()).toMatchObject([{ text: 'offline words', changedAt: undefined }])
  server.isAway = false
  await second.sync.renew()
  expect(server.draft?.text).toBe('offline words')
  // Sent from elsewhere while this device was away.
  await after(PAUSE)
  const third = device(server, second.disk)
  server.draft = undefined
  await third.sync.renew()
  expect(third.drafts.get(HOME)).toBe('')
  expect(third.sync.list()).toEqual([])
})

it('never replaces words that are on this device alone, however old', async () => {
  const server = new Server()
  server.isAway = true
  const first = device(server)
  first.drafts.set(HOME, 'written on the train')
  await after(LATER)
  server.isAway = false
  server.put({ text: 'written at home', base: 0 })
  const second = device(server, first.disk)
  await second.sync.renew()
  expect(second.drafts.get(HOME)).toBe('written on the train')
  expect(second.sync.setAside(HOME)).toEqual(['written at home'])
})
