// What is attached to a draft: progress, cancel, what failed and how to try again.

import { CircleAlert, FileText, RotateCw, X } from 'lucide-react'
import { useCallback } from 'react'
import { errorText, t } from '../../../i18n'
import { formatBytes, formatPercent } from '../../../i18n/format'
import { refusedType } from '../../../model/file_type'
import {
  attachFiles,
  detachFile,
  dropUploads,
  fileBytesMax,
  filesMax,
  fileTypes,
  retryUpload,
  takeUploads,
  type Upload,
  useUploads,
} from '../../../model/upload'
import type { ErrorCode, FileTypes } from '../../../protocol'
import { cx } from '../../../ui/class'
import { toast } from '../../../ui/Toast'

const NO_DRAFT = ''
/** Trying again changes nothing. */
const FINAL = new Set<string | undefined>(['empty', 'too_large', 'file_type_refused'])

/** The files of a draft; without a draft there are none and none are taken. */
export function useAttachments(draft: string | undefined) {
  const uploads = useUploads(draft ?? NO_DRAFT)
  const add = useCallback(
    (files: readonly File[]) => {
      if (draft === undefined || files.length === 0) return
      const left = attachFiles(draft, files)
      if (left > 0) toast({ title: t('file.too_many', { count: filesMax() }), kind: 'error' })
      const refused = files.flatMap((file) => refusedType(fileTypes(), file) ?? [])[0]
      if (refused) toast({ title: typeText(refused), kind: 'error' })
    },
    [draft],
  )
  return {
    uploads,
    add,
    /** Everything has arrived. */
    ready: uploads.every((each) => each.state === 'done'),
    /** What has arrived. */
    ids: uploads.filter((each) => each.state === 'done').map((each) => each.id),
    drop: (ids: readonly string[]) => draft !== undefined && dropUploads(draft, ids),
    take: () => (draft === undefined ? [] : takeUploads(draft)),
  }
}

export function Attachments({ draft }: { draft: string }) {
  const uploads = useUploads(draft)
  if (uploads.length === 0) return null
  return (
    <ul
      aria-label={t('file.attached')}
      className="flex max-h-48 flex-wrap gap-2 overflow-y-auto px-3 py-2"
    >
      {uploads.map((upload) => (
        <Attachment key={upload.id} draft={draft} upload={upload} />
      ))}
    </ul>
  )
}

function Attachment({ draft, upload }: { draft: string; upload: Upload }) {
  const { id, name, state, progress, preview } = upload
  const failed = state === 'failed'
  return (
    <li
      className={cx(
        'relative flex h-14 w-60 max-w-full items-center gap-2.5 overflow-hidden rounded-md border',
        'bg-sunken pr-1 pl-1.5',
        failed && 'border-urgent',
      )}
    >
      <span
        className="flex size-11 shrink-0 items-center justify-center overflow-hidden
          rounded-sm"
      >
        {preview ? (
          <img src={preview} alt="" className="size-full object-cover" />
        ) : (
          <FileText size={20} aria-hidden className="text-faint" />
        )}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm" title={name}>
          {name}
        </span>
        {failed ? (
          <span role="alert" className="flex items-center gap-1 text-urgent text-xs">
            <CircleAlert size={12} aria-hidden className="shrink-0" />
            <span className="truncate" title={reason(upload)}>
              {reason(upload)}
            </span>
          </span>
        ) : (
          <span className="block truncate text-faint text-xs tabular-nums">
            {state === 'done'
              ? formatBytes(upload.size)
              : t('file.uploading', { percent: formatPercent(progress) })}
          </span>
        )}
      </span>
      {failed && !FINAL.has(upload.error) && (
        <Small label={t('file.retry', { name })} onClick={() => retryUpload(draft, id)}>
          <RotateCw size={14} aria-hidden />
        </Small>
      )}
      <Small
        label={t(state === 'uploading' ? 'file.cancel' : 'file.remove', { name })}
        onClick={() => detachFile(draft, id)}
      >
        <X size={14} aria-hidden />
      </Small>
      {state === 'uploading' && (
        <progress
          aria-label={name}
          value={progress}
          max={1}
          className="upload-progress absolute inset-x-0 bottom-0 h-0.5 w-full"
        />
      )}
    </li>
  )
}

function Small(props: { label: string; onClick(): void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
      className="flex size-7 shrink-0 items-center justify-center rounded-sm text-faint
        hover:bg-hover hover:text-ink"
    >
      {props.children}
    </button>
  )
}

function reason({ error: code, refusedType: type }: Upload): string {
  if (code === 'empty') return t('file.empty')
  if (code === 'offline') return t('file.offline')
  if (code === 'too_large') return t('file.too_large', { size: formatBytes(fileBytesMax()) })
  if (code === 'file_type_refused') {
    return typeText(type)
  }
  return `${t('file.failed')} ${code ? errorText(code as ErrorCode) : ''}`
}

/** Of a type that is not taken, which the name tells or the bytes. */
function typeText(type: string | undefined): string {
  const begin = type ? t('file.type_refused', { type }) : t('file.content_refused')
  return `${begin} ${ruleText(fileTypes())}`
}

/** Limit: types that are named where a file is refused. */
const TYPES_TOLD_MAX = 12

/** Which types are taken, or are not. */
function ruleText({ rule, types }: FileTypes): string {
  const told = types.slice(0, TYPES_TOLD_MAX).join(', ')
  const list = types.length > TYPES_TOLD_MAX ? `${told}, …` : told
  return t(rule === 'only' ? 'file.types_only' : 'file.types_except', { list })
}
