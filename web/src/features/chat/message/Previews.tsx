// What is behind the links of a message: site, title, a few words, and a picture that the server
// keeps, so that reading a message tells the site nothing.

import { X } from 'lucide-react'
import { Suspense, useState } from 'react'
import { t } from '../../../i18n'
import { thumbnailHref } from '../../../model/file'
import { type LocalMessage, removePreview } from '../../../model/message'
import type { File as Carried, Preview } from '../../../protocol'
import { lazily } from '../../../ui/lazily'
import { useActions } from './actions'

const Lightbox = lazily(async () => (await import('./Lightbox')).Lightbox)

export function Previews({ message }: { message: LocalMessage }) {
  const removable = useActions().rights(message).remove
  return (
    <ul className="mt-1 mb-1 flex max-w-130 flex-col gap-1.5">
      {(message.previews ?? []).map((preview) => (
        <li key={preview.url} className="group/preview relative max-md:flex max-md:items-start">
          <div className="min-w-0 max-md:flex-1">
            <Card preview={preview} />
          </div>
          {removable && (
            <button
              type="button"
              aria-label={t('chat.preview_remove')}
              title={t('chat.preview_remove')}
              onClick={() => removePreview(message.id, preview.url)}
              className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-md
                border bg-raised text-soft opacity-0 hover:text-ink focus-visible:opacity-100
                group-hover/preview:opacity-100 max-md:static max-md:size-9 max-md:shrink-0
                max-md:border-0 max-md:bg-transparent max-md:opacity-100"
            >
              <X size={14} aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

function Card({ preview }: { preview: Preview }) {
  const { site, title, description, picture, url } = preview
  if (!title) return picture ? <Picture picture={picture} site={site} /> : null
  return (
    <article
      aria-label={t('chat.preview_of', { site })}
      className="flex min-w-0 gap-3 rounded-md border border-l-2 border-l-line-strong bg-raised
        px-3 py-2 md:pr-8"
    >
      <div className="min-w-0 flex-1">
        <p className="truncate text-faint text-xs">{site}</p>
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className="line-clamp-2 font-medium text-accent-ink hover:underline"
        >
          {title}
        </a>
        {description && <p className="mt-0.5 line-clamp-2 text-sm text-soft">{description}</p>}
      </div>
      {picture && (
        <img
          src={thumbnailHref(picture.id)}
          alt=""
          width={72}
          height={72}
          loading="lazy"
          decoding="async"
          className="size-18 shrink-0 rounded-md bg-sunken object-cover"
        />
      )}
    </article>
  )
}

/** Limit: CSS pixels of a picture that was linked to. */
const LARGE = { width: 360, height: 280 }

/** The link was to a picture. */
function Picture({ picture, site }: { picture: Carried; site: string }) {
  const [open, setOpen] = useState(false)
  const [width, height] = [picture.width ?? 1, picture.height ?? 1]
  const scale = Math.min(1, LARGE.width / width, LARGE.height / height)
  return (
    <>
      <button
        type="button"
        aria-label={t('chat.preview_of', { site })}
        onClick={() => setOpen(true)}
        className="block max-w-full cursor-zoom-in overflow-hidden rounded-md border bg-sunken"
      >
        <img
          src={thumbnailHref(picture.id)}
          alt=""
          width={Math.round(width * scale)}
          height={Math.round(height * scale)}
          loading="lazy"
          decoding="async"
          className="block h-auto max-w-full"
        />
      </button>
      {open && (
        <Suspense>
          <Lightbox files={[picture]} at={0} onAt={() => {}} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
