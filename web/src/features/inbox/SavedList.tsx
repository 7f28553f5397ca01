// What the reader keeps for later, the next reminder first, then the newest.

import { Bell, Bookmark, BookmarkX, Ellipsis } from 'lucide-react'
import { channelHref, go, openPane, openTask } from '../../app/place'
import { t } from '../../i18n'
import { formatFull, formatWhen } from '../../i18n/format'
import { useMember } from '../../model/member'
import { type Saved, saveMessage, unsaveMessage, useSaved } from '../../model/saved'
import { Avatar } from '../../ui/Avatar'
import { IconButton } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Menu, MenuItem, MenuSub } from '../../ui/Menu'
import { toast } from '../../ui/Toast'
import { LaterItems } from './LaterMenu'
import { plainText } from './logic/plain'

export function SavedList() {
  const all = useSaved()
  if (all.length === 0) {
    return (
      <Empty
        icon={<Bookmark size={20} aria-hidden />}
        title={t('inbox.saved_empty')}
        hint={t('inbox.saved_empty_hint')}
      />
    )
  }
  return (
    <ul className="mx-auto max-w-3xl px-2 py-4 md:px-4">
      {all.map((saved) => (
        <SavedRow key={saved.message} saved={saved} />
      ))}
    </ul>
  )
}

function SavedRow({ saved }: { saved: Saved }) {
  const author = useMember(saved.author)
  const at = saved.remind_at ?? saved.saved_at
  const remove = () => {
    unsaveMessage(saved.message)
    const back = () => {
      saveMessage(saved.message, saved.remind_at ? new Date(saved.remind_at) : undefined)
    }
    toast({ title: t('inbox.unsaved_toast'), action: { label: t('inbox.undo'), run: back } })
  }
  return (
    <li className="flex items-center gap-1 rounded-md pr-1 hover:bg-hover">
      <button
        type="button"
        onClick={() => open(saved)}
        className="flex min-w-0 flex-1 gap-3 rounded-md px-3 py-2 text-left"
      >
        <Avatar member={author} size={32} className="mt-0.5" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-1.5">
            <span className="truncate font-medium">
              {author?.name ?? t('common.unknown_member')}
            </span>
            <span className="flex-1" />
            {saved.remind_at && <Bell size={12} role="img" aria-label={t('inbox.reminder')} />}
            <time dateTime={at} title={formatFull(at)} className="shrink-0 text-faint text-xs">
              {formatWhen(at)}
            </time>
          </span>
          <span className="block truncate text-soft">
            {saved.key && <span className="mr-1.5 text-faint text-sm">{saved.key}</span>}
            {plainText(saved.excerpt ?? '')}
          </span>
        </span>
      </button>
      <IconButton label={t('inbox.unsave')} onClick={remove}>
        <BookmarkX size={16} aria-hidden />
      </IconButton>
      <Menu
        trigger={
          <IconButton label={t('common.more')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuSub label={t('inbox.remind')}>
          <LaterItems onChoose={(when) => saveMessage(saved.message, when)} />
        </MenuSub>
        {saved.remind_at && (
          <MenuItem onClick={() => saveMessage(saved.message, undefined)}>
            {t('inbox.remind_not')}
          </MenuItem>
        )}
      </Menu>
    </li>
  )
}

function open({ channel, thread, key, message }: Saved): void {
  if (key) return openTask(key, message)
  if (thread) return openPane({ thread })
  if (channel) openPane({ thread: message })
  else go(channelHref(''))
}
