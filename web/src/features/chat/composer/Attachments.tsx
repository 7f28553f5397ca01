// What is attached to a draft: progress, cancel, what failed and how to try again.

import { CircleAlert, FileText, RotateCw, X } from 'lucide-react'
import { useCallback } from 'react'
import { errorText, t } from '../../../i18n'
import { formatBytes, formatPercent } from '../../../i18n/format'
import {
  attachFiles,
  detachFile,
  fileBytesMax,
  filesMax,
  retryUpload,
  takeUploads,
  type Upload,
  useUploads,
} from '../../../model/upload'
import type { ErrorCode } from '../../../protocol'
import { cx } from '../../../ui/class'
import { toast } from '../../../ui/Toast'

const NO_DRAFT = ''

/** The files of a draft; without a draft there are none and none are taken. */
export function useAttachments(draft: string | undefined) {
  const uploads = useUploads(draft ?? NO_DRAFT)
  const add = useCallback(
    (files: readonly File[]) => {
      if (draft === undefined || files.length === 0) return
      const left = attachFiles(draft, files)
      if (left > 0) toast({ title: t('file.too_many', { count: filesMax() }), kind: 'error' })
    },
    [draft],
  )
  return {
    uploads,
    add,
    /** Everything has arrived. */
    ready: uploads.every((each) => each.state === 'done'),
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
            <span className="truncate" title={reason(upload.error)}>
              {reason(upload.error)}
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
      {failed && upload.error !== 'empty' && upload.error !== 'too_large' && (
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

function reason(code: string | undefined): string {
  if (code === 'empty') return t('file.empty')
  if (code === 'offline') return t('file.offline')
  if (code === 'too_large') return t('file.too_large', { size: formatBytes(fileBytesMax()) })
  return `${t('file.failed')} ${code ? errorText(code as ErrorCode) : ''}`
}
