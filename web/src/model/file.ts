// Files: those being uploaded for a draft, and those of a channel.

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ChannelFile, Page } from '../protocol'
import { newId } from '../protocol/id'
import { client } from '../sync/client'
import { rememberFile } from '../sync/file'
import { Refused } from '../sync/pending'
import type { Uploading } from '../sync/upload'

/** Where the bytes are. */
export const fileHref = (id: string, download = false) =>
  `/api/v1/files/${id}${download ? '?download=true' : ''}`
export const thumbnailHref = (id: string) => `/api/v1/files/${id}/thumbnail`

/** A file that was chosen for a draft. */
export interface Upload {
  id: string
  source: File
  state: 'uploading' | 'done' | 'failed'
  /** 0 to 1. */
  progress: number
  /** Of a picture: an address that this page alone can show. */
  preview: string | undefined
  /** Code of the refusal. */
  error: string | undefined
}

/** Limit: files of one message and bytes of one file, where the server has not said it yet. */
const FILES_MAX = 10
const BYTES_MAX = 100 * 1024 * 1024

export const filesMax = () => client.limits?.message_files_max ?? FILES_MAX
export const fileBytesMax = () => client.limits?.file_bytes_max ?? BYTES_MAX

const NONE: readonly Upload[] = []
const drafts = new Map<string, readonly Upload[]>()
const running = new Map<string, Uploading>()
const listeners = new Set<() => void>()

function set(draft: string, uploads: readonly Upload[]): void {
  if (uploads.length > 0) drafts.set(draft, uploads)
  else drafts.delete(draft)
  for (const listener of listeners) listener()
}

function change(draft: string, id: string, fields: Partial<Upload>): void {
  const uploads = drafts.get(draft) ?? NONE
  set(
    draft,
    uploads.map((each) => (each.id === id ? { ...each, ...fields } : each)),
  )
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is attached to a draft. It stays while one looks elsewhere, not beyond this page. */
export function useUploads(draft: string): readonly Upload[] {
  return useSyncExternalStore(listen, () => drafts.get(draft) ?? NONE)
}

/** Attaches files to a draft and begins to send them. Answers with how many were too many. */
export function attachFiles(draft: string, files: readonly File[]): number {
  const there = drafts.get(draft) ?? NONE
  const room = Math.max(0, filesMax() - there.length)
  const added = files.slice(0, room).map(
    (source): Upload => ({
      id: newId(),
      source,
      state: 'uploading',
      progress: 0,
      preview: /^image\/(png|jpeg|gif|webp)$/.test(source.type)
        ? URL.createObjectURL(source)
        : undefined,
      error: undefined,
    }),
  )
  set(draft, [...there, ...added])
  for (const upload of added) send(draft, upload)
  return files.length - added.length
}

function send(draft: string, { id, source }: Upload): void {
  const refused = source.size > fileBytesMax() ? 'too_large' : undefined
  const error = source.size === 0 ? 'empty' : refused
  if (error) return change(draft, id, { state: 'failed', error })
  change(draft, id, { state: 'uploading', progress: 0, error: undefined })
  const uploading = client.upload(source, id, (progress) => change(draft, id, { progress }))
  running.set(id, uploading)
  uploading.arrived
    .then(
      (file) => {
        rememberFile(file)
        change(draft, id, { state: 'done', progress: 1 })
      },
      (reason) => {
        const code = reason instanceof Refused ? reason.failure.code : 'internal'
        change(draft, id, { state: 'failed', error: code })
      },
    )
    .finally(() => running.delete(id))
}

export function retryUpload(draft: string, id: string): void {
  const upload = drafts.get(draft)?.find((each) => each.id === id)
  if (upload?.state === 'failed') send(draft, upload)
}

/** Takes a file off a draft; one on its way is cancelled. */
export function detachFile(draft: string, id: string): void {
  const uploads = drafts.get(draft) ?? NONE
  running.get(id)?.cancel()
  running.delete(id)
  release(uploads.filter((each) => each.id === id))
  set(
    draft,
    uploads.filter((each) => each.id !== id),
  )
}

/** The ids to send with the draft, which has no files afterwards. */
export function takeUploads(draft: string): string[] {
  const uploads = drafts.get(draft) ?? NONE
  release(uploads)
  set(draft, [])
  return uploads.filter((each) => each.state === 'done').map((each) => each.id)
}

function release(uploads: readonly Upload[]): void {
  for (const { preview } of uploads) if (preview) URL.revokeObjectURL(preview)
}

export interface ChannelFiles {
  /** The newest first. */
  items: readonly ChannelFile[]
  status: 'loading' | 'ready' | 'error'
  hasMore: boolean
  loadMore(): void
}

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
      const query = after ? `?after=${encodeURIComponent(after)}` : ''
      try {
        const page = await client.get<Page<ChannelFile>>(`/channels/${channel}/files${query}`)
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
