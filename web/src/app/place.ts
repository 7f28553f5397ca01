// Every address of the UI, and how to go there. Pages call these; only the router knows more.
// The side pane is part of the address: `?pane=thread:ID`, `thread:ID/REPLY`, `task:KEY`,
// `task:KEY/COMMENT` or `info`.

import type { AnyRouter } from '@tanstack/react-router'

/** What the side pane shows beside the page. */
export type Pane =
  | { thread: string; reply?: string }
  | { task: string; comment?: string }
  | { info: true }

/** What a project's page shows. */
export type ProjectFace = 'board' | 'list' | 'settings' | 'archive' | 'trash'

/** The faces of a project or of a channel that is bound to one. */
export type Face = 'chat' | 'board' | 'list'

let router: AnyRouter | undefined

/** Called once by the router's file. */
export function provideRouter(made: AnyRouter): void {
  router = made
}

export const channelHref = (id: string, face: Face = 'chat') =>
  face === 'chat' ? `/c/${id}` : `/c/${id}/${face}`
export const projectHref = (key: string, face: ProjectFace = 'board') => `/p/${key}/${face}`
/** All channels: the side bar itself where there is no room for it beside the page. */
export const channelsHref = '/channels'
/** The task on a page of its own, at one comment perhaps; `openTask` shows it beside the page. */
export const taskHref = (key: string, comment?: string) =>
  `/t/${key}${comment ? `?comment=${comment}` : ''}`
/** The message in its place. */
export const messageHref = (id: string) => `/m/${id}`
export const inboxHref = '/inbox'
export const myWorkHref = '/my-work'
export const threadsHref = '/threads'
export const draftsHref = '/drafts'
/** What is sent later. */
export const scheduledHref = '/drafts/scheduled'
/** The directory of people. */
export const peopleHref = '/people'
/** All spaces. */
export const spacesHref = '/spaces'
export const spaceHref = (id: string) => `/spaces/${id}`
export const groupHref = (id: string) => `/people/${id}`

/** A search, everything about it in the address. */
export function searchHref(query: { q: string; kind?: string; sort?: string }): string {
  const search = new URLSearchParams()
  if (query.q !== '') search.set('q', query.q)
  if (query.kind) search.set('type', query.kind)
  if (query.sort) search.set('sort', query.sort)
  return search.size > 0 ? `/search?${search}` : '/search'
}

/** One page of the settings; without one their list, beside the first page where there is room. */
export const settingsHref = (page?: string) => (page ? `/settings/${page}` : '/settings')

/** Writes a pane as the address does. */
export function paneText(pane: Pane): string {
  if ('thread' in pane) return `thread:${pane.thread}${pane.reply ? `/${pane.reply}` : ''}`
  if ('task' in pane) return `task:${pane.task}${pane.comment ? `/${pane.comment}` : ''}`
  return 'info'
}

/** Reads a pane from the address; undefined for none or nonsense. */
export function parsePane(text: unknown): Pane | undefined {
  if (text === 'info') return { info: true }
  if (typeof text !== 'string') return undefined
  const [, key, comment] = /^task:([\w-]+)(?:\/([\w-]+))?$/.exec(text) ?? []
  if (key) return { task: key.toUpperCase(), ...(comment ? { comment } : {}) }
  const [, thread, reply] = /^thread:([\w-]+)(?:\/([\w-]+))?$/.exec(text) ?? []
  return thread ? { thread, ...(reply ? { reply } : {}) } : undefined
}

const PAGES =
  /^\/(c|channels|drafts|inbox|m|my-work|p|people|search|settings|spaces|t|threads)(\/|$)/

/** Path and search of a link that leads to a page of this UI; undefined for all others. */
export function ownHref(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined
  const { origin, pathname, search, hash } = new URL(link)
  return origin === location.origin && PAGES.test(pathname) ? pathname + search + hash : undefined
}

/** Goes to an address of this UI (path and search). */
export function go(href: string, options: { replace?: boolean } = {}): void {
  void router?.navigate({ href, replace: options.replace })
}

/** A channel, at its newest message or around one of a seq. */
export function openChannel(id: string, options: { face?: Face; at?: number } = {}): void {
  go(channelHref(id, options.face) + (options.at ? `?at=${options.at}` : ''))
}

export function openProject(key: string, face?: ProjectFace): void {
  go(projectHref(key, face))
}

/** Shows something beside the page that one is on. */
export function openPane(pane: Pane): void {
  const { pathname, search } = currentLocation()
  search.set('pane', paneText(pane))
  go(`${pathname}?${readable(search)}`)
}

/** The task beside the page, at one comment perhaps. */
export const openTask = (key: string, comment?: string | null) =>
  openPane({ task: key, ...(comment ? { comment } : {}) })
/** The thread of a root message beside the page. */
export const openThread = (messageId: string) => openPane({ thread: messageId })

export function closePane(): void {
  const { pathname, search } = currentLocation()
  search.delete('pane')
  const rest = readable(search)
  go(rest ? `${pathname}?${rest}` : pathname)
}

function currentLocation() {
  return { pathname: location.pathname, search: new URLSearchParams(location.search) }
}

function readable(search: URLSearchParams): string {
  return search.toString().replaceAll('%3A', ':')
}
