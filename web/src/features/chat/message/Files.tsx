// What a message carries: pictures side by side in a space that is known before they come, players,
// and cards for everything else.

import { Download } from 'lucide-react'
import { type MouseEvent, Suspense, useState } from 'react'
import { t } from '../../../i18n'
import { formatBytes } from '../../../i18n/format'
import { fileHref, thumbnailHref } from '../../../model/file'
import type { File as Carried } from '../../../protocol'
import { lazily } from '../../../ui/lazily'
import { FileIcon } from './FileIcon'
import { FileMenu } from './FileMenu'
import { TextPreview } from './TextPreview'

const Lightbox = lazily(async () => (await import('./Lightbox')).Lightbox)

/** A single picture is shown at most this large, CSS pixels; several as squares. */
const ALONE = { width: 360, height: 280 }

export function Files({ files }: { files: readonly Carried[] }) {
  const [shown, setShown] = useState<number | null>(null)
  const pictures = files.filter((file) => file.width)
  const others = files.filter((file) => !file.width)
  return (
    <div className="mt-1 mb-1 flex max-w-full flex-col gap-2">
      {pictures.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {pictures.map((file, at) => (
            <li key={file.id} className="max-w-full">
              <Picture file={file} alone={pictures.length === 1} onOpen={() => setShown(at)} />
            </li>
          ))}
        </ul>
      )}
      {others.map((file) => (
        <Other key={file.id} file={file} />
      ))}
      {shown !== null && (
        <Suspense>
          <Lightbox files={pictures} at={shown} onAt={setShown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  )
}

function Picture(props: { file: Carried; alone: boolean; onOpen(): void }) {
  const { file, alone, onOpen } = props
  const { width, height } = alone ? sizeOf(file) : { width: 168, height: 168 }
  return (
    <button
      type="button"
      aria-label={t('file.show', { name: file.name })}
      title={file.name}
      onClick={onOpen}
      className="block max-w-full cursor-zoom-in overflow-hidden rounded-md border bg-sunken"
    >
      <img
        src={thumbnailHref(file.id)}
        alt=""
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        className="block max-w-full object-cover"
        style={{ aspectRatio: `${width} / ${height}`, height: 'auto' }}
      />
    </button>
  )
}

/** The size on screen: never larger than it is, and never so flat that it cannot be hit. */
function sizeOf({ width, height }: Carried): { width: number; height: number } {
  const [w, h] = [width ?? 1, height ?? 1]
  const scale = Math.min(1, ALONE.width / w, ALONE.height / h)
  return { width: Math.max(48, Math.round(w * scale)), height: Math.max(48, Math.round(h * scale)) }
}

function Other({ file }: { file: Carried }) {
  const source = fileHref(file.id)
  return (
    <div className="max-w-full">
      {file.media_type.startsWith('video/') && (
        // biome-ignore lint/a11y/useMediaCaption: what people send has no captions
        <video
          src={source}
          controls
          preload="metadata"
          className="mb-1 aspect-video w-90 max-w-full rounded-md bg-sunken"
        />
      )}
      {file.media_type.startsWith('audio/') && (
        // biome-ignore lint/a11y/useMediaCaption: what people send has no captions
        <audio src={source} controls preload="metadata" className="mb-1 h-10 w-90 max-w-full" />
      )}
      <FileCard file={file} />
      {file.media_type.startsWith('text/') && <TextPreview file={file} />}
    </div>
  )
}

const PDF = 'application/pdf'
/** Kinds that a browser opens; the rest it only saves. */
const OPENED = new Set([PDF, 'text/plain'])

export function FileCard({ file }: { file: Carried }) {
  const opens = OPENED.has(file.media_type) || file.width
  const [isShown, setShown] = useState(false)
  // Phones have no viewer that fits into a page: there it opens like any other.
  const isShownHere = file.media_type === PDF && navigator.pdfViewerEnabled
  const onClick = (event: MouseEvent) => {
    if (!isShownHere || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    setShown(true)
  }
  return (
    <div
      className="flex h-12 w-90 max-w-full items-center gap-2.5 rounded-md border bg-raised
        px-2.5"
    >
      <FileIcon file={file} />
      <a
        href={fileHref(file.id, !opens)}
        target={opens ? '_blank' : undefined}
        rel="noreferrer"
        onClick={onClick}
        className="min-w-0 flex-1 rounded-sm"
      >
        <span className="block truncate text-sm" title={file.name}>
          {file.name}
        </span>
        <span className="block text-faint text-xs tabular-nums">{formatBytes(file.size)}</span>
      </a>
      <a
        href={fileHref(file.id, true)}
        download={file.name}
        aria-label={`${t('file.download')}: ${file.name}`}
        title={t('file.download')}
        className="flex size-8 shrink-0 items-center justify-center rounded-md text-faint
          hover:bg-hover hover:text-ink"
      >
        <Download size={16} aria-hidden />
      </a>
      <FileMenu file={file} />
      {isShown && (
        <Suspense>
          <Lightbox files={[file]} at={0} onAt={() => {}} onClose={() => setShown(false)} />
        </Suspense>
      )}
    </div>
  )
}
