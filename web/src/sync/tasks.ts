// Fetches tasks into the replica: all of a project, the reader's own, and single ones by key,
// where many wishes of one moment become one request.

import type { Page, Task } from '../protocol'
import { Refused } from './pending'
import type { Rest } from './rest'
import type { View } from './view'

const PAGE_ITEMS = 200
/** Limit: keys in one look-up. */
const KEYS_MAX = 50
/** Limit: pages of one list; a list beyond that shows its first ones. */
const PAGES_MAX = 50

export class Tasks {
  private readonly view: View
  private readonly rest: Rest
  private readonly onScreen = new Map<string, number>()
  private readonly flights = new Map<string, Promise<void>>()
  private readonly cut = new Set<string>()
  private wanted = new Set<string>()

  constructor(view: View, rest: Rest) {
    this.view = view
    this.rest = rest
  }

  /** A board or list begins to show all tasks of a project; the result ends it. */
  readonly open = (list: string): (() => void) => {
    this.onScreen.set(list, (this.onScreen.get(list) ?? 0) + 1)
    if (this.view.replica.taskLists.get(list) !== 'ready') void this.fetchList(list)
    return () => {
      const left = (this.onScreen.get(list) ?? 1) - 1
      if (left > 0) this.onScreen.set(list, left)
      else this.onScreen.delete(list)
    }
  }

  readonly openMine = (): (() => void) => this.open('mine')

  /** The list has more tasks than are fetched. */
  isCut(list: string): boolean {
    return this.cut.has(list)
  }

  /** Somebody shows this task; unless it is known it is looked up with the others of now. */
  readonly want = (idOrKey: string): void => {
    const { replica } = this.view
    if (replica.tasks.has(idOrKey) || replica.taskKeys.has(idOrKey)) return
    if (this.wanted.size === 0) setTimeout(() => void this.lookUp())
    this.wanted.add(idOrKey)
  }

  /** After a reset or a gained project: what is on the screen is fetched anew. */
  renew(): void {
    const { replica } = this.view
    for (const list of this.onScreen.keys()) {
      if (replica.taskLists.get(list) !== 'ready') void this.fetchList(list)
    }
    for (const topic of this.view.watched()) {
      if (topic.startsWith('task:')) this.want(topic.slice('task:'.length))
    }
  }

  private fetchList(list: string): Promise<void> {
    const running = this.flights.get(list)
    if (running) return running
    const flight = this.fetchPages(list).finally(() => this.flights.delete(list))
    this.flights.set(list, flight)
    return flight
  }

  private async fetchPages(list: string): Promise<void> {
    const { replica } = this.view
    const hold = replica.hold()
    const query = new URLSearchParams({ limit: String(PAGE_ITEMS) })
    if (list === 'mine') query.set('assignee', 'me')
    else {
      query.set('project', list)
      query.set('order', 'created')
    }
    const ids = new Set<string>()
    const untold = new Set<string>()
    try {
      for (let pages = 0; pages < PAGES_MAX; pages += 1) {
        const page = await this.rest.get<Page<Task>>(`/tasks?${query}`)
        // The first page shows at once, the others together: lists are costly to draw.
        replica.keepTasks(page.items, hold.entries, pages === 0 ? undefined : untold)
        for (const task of page.items) ids.add(task.id)
        if (page.next) this.cut.add(list)
        else this.cut.delete(list)
        if (!page.next) break
        query.set('after', page.next)
      }
      for (const { event } of hold.entries) {
        if (event.type === 'task_created' || event.type === 'task_restored') ids.add(event.task.id)
      }
      replica.setTaskList(list, 'ready', ids)
    } catch {
      if (replica.taskLists.get(list) !== 'ready') replica.setTaskList(list, 'error')
    } finally {
      replica.tell(untold)
      hold.release()
    }
  }

  private async lookUp(): Promise<void> {
    const wanted = [...this.wanted]
    this.wanted = new Set()
    const keys = wanted.filter((each) => !isId(each))
    const ids = wanted.filter(isId)
    const batches: Promise<void>[] = []
    if (ids.length === 1 && ids[0]) batches.push(this.fetchOne(ids[0]))
    else keys.push(...ids)
    for (let at = 0; at < keys.length; at += KEYS_MAX) {
      batches.push(this.fetchKeys(keys.slice(at, at + KEYS_MAX)))
    }
    await Promise.allSettled(batches)
  }

  private async fetchKeys(keys: readonly string[]): Promise<void> {
    const { replica } = this.view
    const hold = replica.hold()
    try {
      const query = new URLSearchParams({ keys: keys.join(','), limit: String(PAGE_ITEMS) })
      const { items } = await this.rest.get<Page<Task>>(`/tasks?${query}`)
      replica.keepTasks(items, hold.entries)
      for (const key of keys) {
        if (!replica.taskKeys.has(key) && !replica.tasks.has(key)) replica.setUnknownKey(key)
      }
    } finally {
      hold.release()
    }
  }

  private async fetchOne(id: string): Promise<void> {
    const { replica } = this.view
    const hold = replica.hold()
    try {
      replica.keepTasks([await this.rest.get<Task>(`/tasks/${id}`)], hold.entries)
    } catch (error) {
      // Without a connection nothing is known of it; it is wished for again when back online.
      const isGone = error instanceof Refused && error.failure.code !== 'offline'
      if (isGone && !replica.tasks.has(id)) replica.setUnknownKey(id)
    } finally {
      hold.release()
    }
  }
}

function isId(text: string): boolean {
  return text.length === 36 && text[8] === '-'
}
