// What a project has put aside: its archive, and its trash. Asked of the server, a page at a time,
// and again when something comes or goes.

import { useCallback, useEffect, useState } from 'react'
import type { Page, Task, TrashedTask } from '../protocol'
import { client } from '../sync/client'

export type Shelf = 'archive' | 'trash'

/** One row; the last three are of the trash. */
export interface Shelved extends Partial<Omit<TrashedTask, 'task'>> {
  task: Task
}

export interface Shelves {
  rows: readonly Shelved[]
  status: 'loading' | 'ready' | 'error'
  /** There are more behind. */
  more?: () => void
}

const PAGE_ITEMS = 50

export function useShelf(project: string, shelf: Shelf): Shelves {
  const [rows, setRows] = useState<readonly Shelved[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [status, setStatus] = useState<Shelves['status']>('loading')
  const load = useCallback(
    async (after: string | null, isWanted: () => boolean) => {
      try {
        const page = await loadPage(project, shelf, after)
        if (!isWanted()) return
        setRows((before) => (after ? [...before, ...page.items] : page.items))
        setNext(page.next ?? null)
        setStatus('ready')
      } catch {
        if (isWanted()) setStatus('error')
      }
    },
    [project, shelf],
  )
  useEffect(() => {
    let latest = 0
    const fetch = () => {
      latest += 1
      const mine = latest
      void load(null, () => mine === latest)
    }
    fetch()
    const end = client.view.subscribe(`shelf:project:${project}`, fetch)
    return () => {
      latest = -1
      end()
    }
  }, [load, project])
  return { rows, status, ...(next ? { more: () => void load(next, () => true) } : {}) }
}

async function loadPage(project: string, shelf: Shelf, after: string | null) {
  const query = new URLSearchParams({ limit: String(PAGE_ITEMS), ...(after ? { after } : {}) })
  if (shelf === 'trash') {
    const page = await client.get<Page<TrashedTask>>(`/projects/${project}/trash?${query}`)
    return { items: page.items as Shelved[], next: page.next }
  }
  query.set('project', project)
  query.set('query', 'archived = true ORDER BY updated')
  const page = await client.get<Page<Task>>(`/tasks?${query}`)
  return { items: page.items.map((task): Shelved => ({ task })), next: page.next }
}
