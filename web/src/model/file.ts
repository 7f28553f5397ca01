// Files that messages carry: where their bytes are, and all those of a channel.

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { File as Carried, ChannelFile, FileLink, Page } from '../protocol'
import { client } from '../sync/client'

/** Where the bytes are. */
export const fileHref = (id: string, download = false) =>
  `/api/v1/files/${id}${download ? '?download=true' : ''}`
export const thumbnailHref = (id: string) => `/api/v1/files/${id}/thumbnail`

/** An address that opens the file for an hour without signing in. Throws `Refused`. */
export async function makeFileLink(id: string): Promise<string> {
  const { path } = await client.post<FileLink>(`/files/${id}/link`, {})
  return new URL(path, location.origin).href
}

/** Limit: bytes that are fetched of a text to show how it begins. */
const BEGINNING_BYTES_MAX = 16 * 1024
/** Limit: beginnings remembered, so that scrolling back and forth does not fetch them anew. */
const BEGINNINGS_MAX = 50
const beginnings = new Map<string, Promise<string>>()

/** How a text begins. Rejects when it cannot be had. */
function loadBeginning(id: string): Promise<string> {
  const known = beginnings.get(id)
  if (known) return known
  const loading = fetchBeginning(id)
  loading.catch(() => beginnings.delete(id))
  beginnings.set(id, loading)
  const oldest = beginnings.keys().next().value
  if (beginnings.size > BEGINNINGS_MAX && oldest) beginnings.delete(oldest)
  return loading
}

async function fetchBeginning(id: string): Promise<string> {
  const range = `bytes=0-${BEGINNING_BYTES_MAX - 1}`
  const answer = await fetch(fileHref(id), { headers: { Range: range } })
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
  // The last character may be cut in two: `stream` leaves it out.
  return new TextDecoder().decode(await answer.arrayBuffer(), { stream: true })
}

/** How a text begins, and whether that is all; undefined until known, null if it cannot be had. */
export function useBeginning({ id, size }: Carried): Beginning | null | undefined {
  const [text, setText] = useState<string | null>()
  useEffect(() => {
    let here = true
    loadBeginning(id).then(
      (loaded) => here && setText(loaded),
      () => here && setText(null),
    )
    return () => {
      here = false
    }
  }, [id])
  return useMemo(
    () => (text == null ? text : { text, isWhole: size <= BEGINNING_BYTES_MAX }),
    [text, size],
  )
}

export interface Beginning {
  text: string
  isWhole: boolean
}

export interface ChannelFiles {
  /** The newest first. */
  items: readonly ChannelFile[]
  status: 'loading' | 'ready' | 'error'
  hasMore: boolean
  loadMore(): void
}

const PAGE_ITEMS = 20

/** Files of a channel, a page at a time. `renew` reads them anew when it changes. */
export function useChannelFiles(channel: string, renew: unknown): ChannelFiles {
  const [items, setItems] = useState<readonly ChannelFile[]>([])
  const [status, setStatus] = useState<ChannelFiles['status']>('loading')
  const [next, setNext] = useState<string>()
  const asked = useRef(0)
  const load = useCallback(
    async (after: string | undefined) => {
      asked.current += 1
      const mine = asked.current
      const query = new URLSearchParams({ limit: String(PAGE_ITEMS), ...(after ? { after } : {}) })
      try {
        const page = await client.get<Page<ChannelFile>>(`/channels/${channel}/files?${query}`)
        if (mine !== asked.current) return
        setItems((known) => (after ? [...known, ...page.items] : page.items))
        setNext(page.next ?? undefined)
        setStatus('ready')
      } catch {
        if (mine === asked.current) setStatus('error')
      }
    },
    [channel],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when it changes
  useEffect(() => void load(undefined), [load, renew])
  return { items, status, hasMore: next !== undefined, loadMore: () => void load(next) }
}
