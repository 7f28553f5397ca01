// The bookmarks of a channel, above its talk. Nothing where there are none.

import {
  Ellipsis,
  Globe,
  MoveLeft,
  MoveRight,
  Pencil,
  Plus,
  SquareCheck,
  Trash2,
} from 'lucide-react'
import { type HTMLAttributes, type MouseEvent, Suspense, useState } from 'react'
import { go } from '../../../app/place'
import { t } from '../../../i18n'
import { failureText } from '../../../model/pending'
import { removeBookmark, updateBookmark, useBookmarks } from '../../../model/shelf'
import type { Bookmark, Channel } from '../../../protocol'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { lazily } from '../../../ui/lazily'
import { Menu, MenuItem, MenuLine } from '../../../ui/Menu'
import { toast } from '../../../ui/Toast'
import { pathOf } from './bookmark'
import { useBookmarkDrag } from './useBookmarkDrag'

const BookmarkForm = lazily(async () => (await import('./BookmarkForm')).BookmarkForm)

interface Props {
  channel: Channel
  /** The reader may change them. */
  changes: boolean
}

export function BookmarkBar({ channel, changes }: Props) {
  const bookmarks = useBookmarks(channel.id) ?? []
  const [edited, setEdited] = useState<Bookmark | 'new' | null>(null)
  const drag = useBookmarkDrag(bookmarks)
  if (bookmarks.length === 0 && edited === null) return null
  return (
    <nav
      aria-label={t('chat.bookmarks')}
      className="flex h-9 shrink-0 items-center gap-1 overflow-x-auto border-b px-3 max-md:px-2
        finger:h-11"
    >
      <ul className="flex items-center gap-1">
        {bookmarks.map((bookmark, at) => (
          <Chip
            key={bookmark.id}
            bookmark={bookmark}
            changes={changes}
            dropAt={drag.target?.id === bookmark.id ? drag.target : undefined}
            handlers={changes ? drag.handlersOf(bookmark) : undefined}
            // Behind the one before the one before it, or in front of all.
            before={at > 0 ? { after: bookmarks[at - 2]?.id ?? null } : undefined}
            behind={bookmarks[at + 1] && { after: bookmarks[at + 1]?.id ?? null }}
            onEdit={() => setEdited(bookmark)}
          />
        ))}
      </ul>
      {changes && (
        <IconButton size="sm" label={t('chat.bookmark_add')} onClick={() => setEdited('new')}>
          <Plus size={16} aria-hidden />
        </IconButton>
      )}
      {edited && (
        <Suspense>
          <BookmarkForm
            channel={channel.id}
            bookmark={edited === 'new' ? undefined : edited}
            onClose={() => setEdited(null)}
          />
        </Suspense>
      )}
    </nav>
  )
}

interface ChipProps {
  bookmark: Bookmark
  changes: boolean
  /** A dragged one would come to stand before or behind it. */
  dropAt: { isBehind: boolean } | undefined
  handlers: HTMLAttributes<HTMLLIElement> | undefined
  before: { after: string | null } | undefined
  behind: { after: string | null } | undefined
  onEdit(): void
}

function Chip({ bookmark, changes, dropAt, handlers, before, behind, onEdit }: ChipProps) {
  const path = pathOf(bookmark.url, location.origin)
  const follow = (event: MouseEvent) => {
    if (!path || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    go(path)
  }
  const move = (place: { after: string | null }) =>
    updateBookmark(bookmark, place).settled.catch(failed)
  return (
    <li
      className="group relative flex h-7 items-center rounded-md hover:bg-hover finger:h-10"
      {...handlers}
    >
      {dropAt && (
        <span
          aria-hidden
          className={cx(
            'absolute inset-y-0.5 w-0.5 rounded-full bg-accent',
            dropAt.isBehind ? '-right-[3px]' : '-left-[3px]',
          )}
        />
      )}
      <a
        href={bookmark.url}
        title={bookmark.url}
        target={path ? undefined : '_blank'}
        rel="noopener noreferrer nofollow"
        onClick={follow}
        className="flex h-full max-w-56 items-center gap-1.5 rounded-md px-2 text-soft text-sm
          hover:text-ink"
      >
        {path ? (
          <SquareCheck size={14} aria-hidden className="shrink-0 text-faint" />
        ) : (
          <Globe size={14} aria-hidden className="shrink-0 text-faint" />
        )}
        <span className="truncate">{bookmark.title}</span>
      </a>
      {changes && (
        <Menu
          trigger={
            <IconButton
              size="sm"
              label={t('chat.bookmark_more', { title: bookmark.title })}
              className="-ml-1 opacity-0 focus-visible:opacity-100 group-hover:opacity-100
                aria-expanded:opacity-100 max-md:opacity-100"
            >
              <Ellipsis size={14} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil size={16} />} onClick={onEdit}>
            {t('chat.edit')}
          </MenuItem>
          {before && (
            <MenuItem icon={<MoveLeft size={16} />} onClick={() => move(before)}>
              {t('chat.bookmark_left')}
            </MenuItem>
          )}
          {behind && (
            <MenuItem icon={<MoveRight size={16} />} onClick={() => move(behind)}>
              {t('chat.bookmark_right')}
            </MenuItem>
          )}
          <MenuLine />
          <MenuItem
            danger
            icon={<Trash2 size={16} />}
            onClick={() => removeBookmark(bookmark).settled.catch(failed)}
          >
            {t('chat.bookmark_remove')}
          </MenuItem>
        </Menu>
      )}
    </li>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}
