// Files that are attached to a draft. They are sent when they are chosen; those that arrived stay
// with the draft on this device, so that a reload keeps them like the words beside them.

import { useSyncExternalStore } from 'react'
import type { File as Carried, FileTypes } from '../protocol'
import { newId } from '../protocol/id'
import { client } from '../sync/client'
import { rememberFile } from '../sync/file'
import { Refused } from '../sync/pending'
import type { Uploading } from '../sync/upload'
import { thumbnailHref } from './file'
import { refusedType } from './file_type'

/** A file that was chosen for a draft. */
export interface Upload {
  id: string
  name: string
  size: number
  state: 'uploading' | 'done' | 'failed'
  /** 0 to 1. */
  progress: number
  /** Address of a picture of it. */
  preview: string | undefined
  /** Code of the refusal. */
  error: string | undefined
  /** With `file_type_refused`: the type, where the name tells it. */
  refusedType?: string | undefined
  /** What to send; an earlier page's has arrived, and is not sent again. */
  source: File | undefined
  /** When it arrived and as what. */
  arrived: { at: number; file: Carried } | undefined
}

/** Limit: files of one message and bytes of one file, where the server has not said it yet. */
const FILES_MAX = 10
const BYTES_MAX = 100 * 1024 * 1024
/** The server keeps a file that no message carries for a day. */
const KEPT_MS = 23 * 60 * 60_000

export const filesMax = () => client.limits?.message_files_max ?? FILES_MAX
/** The server's limit, or that of the workspace's policy where it is lower. */
export function fileBytesMax(): number {
  const policy = client.view.policy().file_bytes_max ?? Number.POSITIVE_INFINITY
  return Math.min(client.limits?.file_bytes_max ?? BYTES_MAX, policy)
}

/** Which types of files are taken. */
export const fileTypes = (): FileTypes =>
  client.view.policy().file_types ?? { rule: 'except', types: [] }

const NONE: readonly Upload[] = []
const drafts = new Map<string, readonly Upload[]>()
const running = new Map<string, Uploading>()
const listeners = new Set<() => void>()

/** Where the device keeps what arrived for a draft, beside the draft's words. */
export const uploadsKey = (draft: string) => `files:${draft}`

function uploadsOf(draft: string): readonly Upload[] {
  const known = drafts.get(draft)
  if (known) return known
  const kept = restored(client.drafts.get(uploadsKey(draft)))
  if (kept.length > 0) {
    drafts.set(draft, kept)
    return kept
  }
  client.drafts.set(uploadsKey(draft), '')
  return NONE
}

/** What an earlier page left, as `keep` wrote it. */
function restored(text: string): readonly Upload[] {
  if (text === '') return NONE
  const kept = JSON.parse(text) as NonNullable<Upload['arrived']>[]
  const uploads = kept.filter(({ at }) => Date.now() - at < KEPT_MS)
  for (const { file } of uploads) rememberFile(file)
  return uploads.map((arrived): Upload => {
    const { id, name, size, width } = arrived.file
    const preview = width ? thumbnailHref(id) : undefined
    return {
      ...{ id, name, size, preview, arrived },
      ...{ state: 'done', progress: 1, error: undefined, source: undefined },
    }
  })
}

function set(draft: string, uploads: readonly Upload[]): void {
  if (uploads.length > 0) drafts.set(draft, uploads)
  else drafts.delete(draft)
  const arrived = uploads.flatMap((each) => each.arrived ?? [])
  client.drafts.set(uploadsKey(draft), arrived.length > 0 ? JSON.stringify(arrived) : '')
  for (const listener of listeners) listener()
}

function change(draft: string, id: string, fields: Partial<Upload>): void {
  set(
    draft,
    uploadsOf(draft).map((each) => (each.id === id ? { ...each, ...fields } : each)),
  )
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is attached to a draft; an empty key stands for no draft. */
export function useUploads(draft: string): readonly Upload[] {
  return useSyncExternalStore(listen, () => (draft === '' ? NONE : uploadsOf(draft)))
}

/** Attaches files to a draft and begins to send them. Answers with how many were too many. */
export function attachFiles(draft: string, files: readonly File[]): number {
  const there = uploadsOf(draft)
  const room = Math.max(0, filesMax() - there.length)
  const added = files.slice(0, room).map(chosen)
  set(draft, [...there, ...added])
  for (const upload of added) send(draft, upload)
  return files.length - added.length
}

function chosen(source: File): Upload {
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(source.type)
  return {
    id: newId(),
    name: source.name,
    size: source.size,
    state: 'uploading',
    progress: 0,
    preview: isPicture ? URL.createObjectURL(source) : undefined,
    error: undefined,
    source,
    arrived: undefined,
  }
}

function send(draft: string, { id, source }: Upload): void {
  if (!source) return
  const refused = source.size > fileBytesMax() ? 'too_large' : undefined
  const type = refusedType(fileTypes(), source)
  const error = source.size === 0 ? 'empty' : type ? 'file_type_refused' : refused
  if (error) return change(draft, id, { state: 'failed', error, refusedType: type })
  change(draft, id, { state: 'uploading', progress: 0, error: undefined })
  const uploading = client.upload(source, id, (progress) => change(draft, id, { progress }))
  running.set(id, uploading)
  uploading.arrived
    .then(
      (file) => {
        rememberFile(file)
        change(draft, id, { state: 'done', progress: 1, arrived: { at: Date.now(), file } })
      },
      (reason) => {
        const code = reason instanceof Refused ? reason.failure.code : 'internal'
        change(draft, id, { state: 'failed', error: code })
      },
    )
    .finally(() => running.delete(id))
}

export function retryUpload(draft: string, id: string): void {
  const upload = uploadsOf(draft).find((each) => each.id === id)
  if (upload?.state === 'failed') send(draft, upload)
}

/** Takes a file off a draft; one on its way is cancelled. */
export function detachFile(draft: string, id: string): void {
  const uploads = uploadsOf(draft)
  running.get(id)?.cancel()
  running.delete(id)
  release(uploads.filter((each) => each.id === id))
  set(
    draft,
    uploads.filter((each) => each.id !== id),
  )
}

/** Takes files off a draft that go with a message now. */
export function dropUploads(draft: string, ids: readonly string[]): void {
  for (const id of ids) detachFile(draft, id)
}

/** Puts files back that were taken with a message which was not sent after all. */
export function reattach(draft: string, files: readonly Carried[]): void {
  if (files.length === 0) return
  const at = Date.now()
  const back = restored(JSON.stringify(files.map((file) => ({ at, file }))))
  set(draft, [...uploadsOf(draft), ...back])
}

/** The ids to send with the draft, which has no files afterwards. */
export function takeUploads(draft: string): string[] {
  const uploads = uploadsOf(draft)
  release(uploads)
  set(draft, [])
  return uploads.filter((each) => each.state === 'done').map((each) => each.id)
}

function release(uploads: readonly Upload[]): void {
  for (const { preview } of uploads) if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview)
}
