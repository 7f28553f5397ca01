// Pictures of a message, or a PDF, over the whole window. Arrow keys go from one to the next,
// Escape leaves. The browser's own dialog keeps the focus inside and gives it back.

import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { t } from '../../../i18n'
import { formatBytes } from '../../../i18n/format'
import { fileHref } from '../../../model/file'
import type { File as Carried } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { FileLinkButton } from './FileMenu'

interface Props {
  files: readonly Carried[]
  at: number
  onAt(at: number): void
  onClose(): void
}

export function Lightbox({ files, at, onAt, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    return () => {
      element?.close()
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  const file = files[at]
  if (!file) return null
  const several = files.length > 1
  const step = (by: number) => onAt((at + by + files.length) % files.length)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'ArrowRight') step(1)
    else if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    }
    // What lies under it must not hear these keys.
    event.stopPropagation()
  }
  return (
    <dialog
      ref={dialog}
      aria-label={file.name}
      className="fixed inset-0 m-0 flex h-dvh max-h-none w-screen max-w-none flex-col bg-canvas
        text-ink"
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className="flex h-(--header-height) shrink-0 items-center gap-2 border-b px-3">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-sm">{file.name}</span>
          <span className="block text-faint text-xs tabular-nums">
            {formatBytes(file.size)}
            {several && ` · ${t('file.of', { n: at + 1, count: files.length })}`}
          </span>
        </span>
        <FileLinkButton file={file} />
        <a
          href={fileHref(file.id, true)}
          download={file.name}
          aria-label={t('file.download')}
          title={t('file.download')}
          className="flex size-8 items-center justify-center rounded-md text-soft hover:bg-hover"
        >
          <Download size={16} aria-hidden />
        </a>
        <IconButton label={t('common.close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="relative flex min-h-0 flex-1 items-center justify-center p-4 max-md:p-0">
        <Shown key={file.id} file={file} />
        {several && (
          <>
            <IconButton
              label={t('file.previous')}
              className="absolute! left-3 bg-raised"
              onClick={() => step(-1)}
            >
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <IconButton
              label={t('file.next')}
              className="absolute! right-3 bg-raised"
              onClick={() => step(1)}
            >
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </>
        )}
      </div>
    </dialog>
  )
}

/** A picture as it is; a PDF in the browser's own viewer. */
function Shown({ file }: { file: Carried }) {
  const source = fileHref(file.id)
  if (file.width) {
    return <img src={source} alt={file.name} className="max-h-full max-w-full object-contain" />
  }
  return <iframe src={source} title={file.name} className="size-full rounded-md bg-sunken" />
}
