// The people of a story: each a browser context of their own, and what they can do by REST to
// set the scene. What a story is about happens on the page.

import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Server } from './server'

const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const PASSWORD = 'correct horse battery'

/** Whose pages have a service worker. */
const devices = new WeakSet<Browser>()

/**
 * Without its windows it takes a third less processor time; on a `device` it is whole: installs
 * apps, hears what is pushed, shows PDF, and keeps the app for when there is no server.
 */
export async function openBrowser(device: boolean): Promise<Browser> {
  const executablePath = (!device && findShell()) || findChromium()
  const browser = await chromium.launch({ executablePath, args: ARGS })
  if (device) devices.add(browser)
  return browser
}

function findShell(): string | undefined {
  return process.env.TENON_CHROMIUM_SHELL ?? find('chromium-headless-shell')
}

function findChromium(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = process.env.TENON_CHROMIUM ?? names.map(find).find(Boolean)
  if (!found) throw new Error('No Chromium found: install one, or name it in TENON_CHROMIUM.')
  return found
}

function find(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
}

export interface Person {
  name: string
  context: BrowserContext
  page: Page
  /** What the console said that it should not, and exceptions. */
  faults: string[]
}

interface Look {
  locale?: string
  width?: number
  height?: number
  dark?: boolean
  /** A phone: narrow, and touched. */
  phone?: boolean
}

/**
 * What Chromium itself logs: answers such as 401, which to a page that asks who is there are
 * answers, and sockets while a story's server is not there.
 */
const EXPECTED = /^Failed to load resource|^WebSocket connection to .*ERR_CONNECTION_REFUSED/

/** A browser that nobody is signed in with yet. */
export async function visitor(browser: Browser, server: Server, look: Look = {}): Promise<Person> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: look.locale ?? 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: look.dark ? 'dark' : 'light',
    viewport: { width: look.width ?? (look.phone ? 390 : 1280), height: look.height ?? 800 },
    hasTouch: look.phone ?? false,
    isMobile: look.phone ?? false,
    // It would fetch the whole app for everyone in every story.
    serviceWorkers: devices.has(browser) ? 'allow' : 'block',
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) faults.push(message.text())
  })
  return { name: '', context, page, faults }
}

/** Makes the workspace; the visitor becomes its owner. */
export async function found(person: Person, name: string): Promise<void> {
  const answer = await post(person, '/setup', {
    workspace_name: '山茶 Camellia',
    ...account(name),
  })
  await enter(person, name, answer)
}

/** The visitor joins at the invitation of an administrator, and is added to all channels. */
export async function join(person: Person, name: string, host: Person): Promise<void> {
  const channels = (await get<{ id: string }[]>(host, '/channels')).map(({ id }) => id)
  const { secret } = await post<{ secret: string }>(host, '/invitations', {
    role: 'member',
    channels,
  })
  const answer = await post(person, `/invitations/${secret}/accept`, account(name))
  await enter(person, name, answer)
}

function account(name: string) {
  const email = `${name.toLowerCase().replaceAll(/\W/g, '') || 'zhang'}@tenon.example`
  return { name, email, password: PASSWORD, time_zone: 'Asia/Shanghai', language: 'en' }
}

const csrf = new WeakMap<Person, string>()

async function enter(person: Person, name: string, answer: unknown): Promise<void> {
  person.name = name
  csrf.set(person, (answer as { csrf: string }).csrf)
  await person.page.goto('/')
}

/** Does a command by REST, as the person. */
export async function command(person: Person, body: Record<string, unknown>): Promise<void> {
  await post(person, '/commands', { request_id: randomUUID(), command: body })
}

export async function post<T>(person: Person, path: string, data: unknown): Promise<T> {
  const token = csrf.get(person)
  const answer = await person.context.request.post(`/api/v1${path}`, {
    data,
    headers: token ? { 'x-tenon-csrf': token } : {},
  })
  if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}

/** Does commands as a person, many of them fast. */
export type Program = (body: Record<string, unknown>) => Promise<void>

export async function programOf(person: Person, server: Server): Promise<Program> {
  const { token } = await post<{ token: string }>(person, '/tokens', {
    name: 'program',
    scopes: ['chat', 'work'],
  })
  return async (body) => {
    const answer = await fetch(`${server.url}/api/v1/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ request_id: randomUUID(), command: body }),
    })
    if (!answer.ok) throw new Error(`${body.type}: ${answer.status} ${await answer.text()}`)
    await answer.arrayBuffer()
  }
}

/** Requests under way at once while filling. */
const HANDS = 8

/** Does the work for each, several at once. */
export async function shared<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items].reverse()
  const hand = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
}

/** Uploads a text by REST, as the person; answers with its id. */
export async function uploadText(person: Person, name: string, text: string): Promise<string> {
  const answer = await person.context.request.post('/api/v1/files', {
    multipart: { file: { name, mimeType: 'text/plain', buffer: Buffer.from(text) } },
    headers: { 'x-tenon-csrf': csrf.get(person) ?? '' },
  })
  if (!answer.ok()) throw new Error(`POST /files: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()).id
}

export async function get<T>(person: Person, path: string): Promise<T> {
  const answer = await person.context.request.get(`/api/v1${path}`)
  if (!answer.ok()) throw new Error(`GET ${path}: ${answer.status()} ${await answer.text()}`)
  const body = await answer.json()
  return (body as { items?: T }).items ?? body
}
