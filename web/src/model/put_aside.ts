// What a project has put aside: its archive, and its trash. Asked of the server, a page at a time,
// and again when something comes or goes.

import { useEffect, useState } from 'react'
import type { Page, Task, TrashedTask } from '../protocol'
import { client } from '../sync/client'

export type Aside = 'archive' | 'trash'

/** One row; all but the task is of the trash. */
export interface AsideTask extends Partial<Omit<TrashedTask, 'task'>> {
  task: Task
}

export interface AsideList {
  rows: readonly AsideTask[]
  /** With an error the rows are those of before. */
  status: 'loading' | 'ready' | 'error'
  /** Shows those behind; there are some. */
  more?: () => void
}

const PAGE_ITEMS = 50
const LOADING: AsideList = { rows: [], status: 'loading' }

export function useAside(project: string, aside: Aside): AsideList {
  const [list, setList] = useState(LOADING)
  useEffect(() => {
    const pages = new Pages((after) => loadPage(project, aside, after), setList)
    setList(LOADING)
    pages.renew()
    const end = client.view.subscribe(`aside:project:${project}`, pages.renew)
    addEventListener('online', pages.renew)
    return () => {
      pages.stop()
      removeEventListener('online', pages.renew)
      end()
    }
  }, [project, aside])
  return list
}

type Load = (after: string | null) => Promise<Page<AsideTask>>

/** The pages that are shown. One question at a time: what was asked before the last is dropped. */
class Pages {
  private readonly load: Load
  private readonly tell: (list: AsideList) => void
  private rows: readonly AsideTask[] = []
  private next: string | null = null
  /** The number of the last question. */
  private latest = 0
  private isAsking = false

  constructor(load: Load, tell: (list: AsideList) => void) {
    this.load = load
    this.tell = tell
  }

  /** From the beginning, as far as it was shown. */
  readonly renew = (): void => void this.ask([], null, this.rows.length)

  private readonly more = (): void => {
    if (!this.isAsking && this.next) void this.ask(this.rows, this.next, 0)
  }

  stop(): void {
    // No question is the last one any more.
    this.latest = Number.NaN
  }

  private async ask(
    before: readonly AsideTask[],
    after: string | null,
    wanted: number,
  ): Promise<void> {
    this.latest += 1
    const mine = this.latest
    this.isAsking = true
    let [rows, next] = [before, after]
    let status: AsideList['status'] = 'ready'
    try {
      do {
        const page = await this.load(next)
        if (mine !== this.latest) return
        rows = joined(rows, page.items)
        next = page.next ?? null
      } while (next && rows.length < wanted)
      this.rows = rows
      this.next = next
    } catch {
      if (mine !== this.latest) return
      status = 'error'
    }
    this.isAsking = false
    this.tell({ rows: this.rows, status, ...(this.next ? { more: this.more } : {}) })
  }
}

/** A page may hold what the one before it held: the list has moved meanwhile. */
function joined(rows: readonly AsideTask[], more: readonly AsideTask[]): readonly AsideTask[] {
  const known = new Set(rows.map(({ task }) => task.id))
  return [...rows, ...more.filter(({ task }) => !known.has(task.id))]
}

async function loadPage(
  project: string,
  aside: Aside,
  after: string | null,
): Promise<Page<AsideTask>> {
  const query = new URLSearchParams({ limit: String(PAGE_ITEMS), ...(after ? { after } : {}) })
  if (aside === 'trash') {
    const page = await client.get<Page<TrashedTask>>(`/projects/${project}/trash?${query}`)
    return { ...page, items: page.items as AsideTask[] }
  }
  query.set('project', project)
  query.set('query', 'archived = true ORDER BY updated DESC')
  const page = await client.get<Page<Task>>(`/tasks?${query}`)
  return { ...page, items: page.items.map((task) => ({ task })) }
}
