// Emoji of the workspace's own: all of them with who added each, adding one, other names, taking
// one away. Everybody sees the page; administrators may keep adding to themselves.

import { Pencil, Trash2 } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { t } from '../../i18n'
import { formatWhen } from '../../i18n/format'
import {
  canChangeEmoji,
  type Emoji,
  removeEmoji,
  restrictEmoji,
  useAddsEmoji,
  useEmoji,
} from '../../model/emoji'
import { isAdmin, useMe, useMember, useWorkspace } from '../../model/member'
import { failureText } from '../../model/pending'
import { Button, IconButton } from '../../ui/Button'
import { Confirm, Dialog } from '../../ui/Dialog'
import { EmojiMark } from '../../ui/EmojiMark'
import { Input, Switch } from '../../ui/Field'
import { Skeleton } from '../../ui/Skeleton'
import { toast } from '../../ui/Toast'
import { rankBy } from '../palette/match'
import { loadPinyin } from '../palette/pinyin'
import { ChangeEmoji, NewEmoji } from './EmojiForm'
import { Part } from './Part'

/** Limit: rows on the page; the others are found by name. */
const ROWS_MAX = 200

export function EmojiPage() {
  const emoji = useEmoji()
  const me = useMe()
  const workspace = useWorkspace()
  const adds = useAddsEmoji()
  const [making, setMaking] = useState(false)
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  useEffect(() => void loadPinyin(), [])
  const found = rankBy(emoji ?? [], wanted, ({ name, aliases }) => [name, ...(aliases ?? [])])
  return (
    <>
      <Part
        hint={adds ? t('emoji.hint') : `${t('emoji.hint')} ${t('emoji.restricted')}`}
        action={
          adds && (
            <Button variant="primary" onClick={() => setMaking(true)}>
              {t('emoji.add')}
            </Button>
          )
        }
      >
        {!emoji && <Skeleton className="h-5" />}
        {emoji?.length === 0 && <p className="py-4 text-faint">{t('emoji.empty')}</p>}
        {emoji && emoji.length > 0 && (
          <>
            <div className="mb-3">
              <Input
                type="search"
                value={query}
                aria-label={t('emoji.find')}
                placeholder={t('emoji.find')}
                onChange={(event) => setQuery(event.target.value)}
              />
            </div>
            {found.length === 0 && <p className="py-2 text-faint">{t('emoji.nothing')}</p>}
            {found.length > 0 && (
              <ul className="divide-y divide-line rounded-md border">
                {found.slice(0, ROWS_MAX).map((each) => (
                  <EmojiRow key={each.id} emoji={each} changes={canChangeEmoji(me, each)} />
                ))}
              </ul>
            )}
          </>
        )}
      </Part>
      {isAdmin(me) && (
        <div className="mt-6 border-t pt-5">
          <Switch
            label={t('emoji.restrict')}
            checked={!!workspace.restricts_emoji}
            onChange={(restricted) => restrictEmoji(restricted).settled.catch(failed)}
          />
        </div>
      )}
      <Dialog open={making} onOpenChange={setMaking} title={t('emoji.add')}>
        {making && <NewEmoji onMade={() => setMaking(false)} />}
      </Dialog>
    </>
  )
}

function EmojiRow({ emoji, changes }: { emoji: Emoji; changes: boolean }) {
  const [open, setOpen] = useState<'edit' | 'remove' | null>(null)
  const author = useMember(emoji.created_by)
  const { name, aliases = [] } = emoji
  const who = author?.name ?? t('common.unknown_member')
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <span className="flex w-10 shrink-0 justify-center text-2xl">
        <EmojiMark emoji={`:${name}:`} hidden />
      </span>
      <div className="min-w-0 flex-1">
        <div className="truncate">
          :{name}:
          {emoji.animated && (
            <span className="ml-2 rounded-sm bg-active px-1 text-2xs text-soft">
              {t('emoji.moving')}
            </span>
          )}
        </div>
        <div className="truncate text-faint text-sm">
          {aliases.length > 0 && (
            <span>{t('emoji.aliases_short', { names: aliases.join(' ') })} · </span>
          )}
          {t('emoji.added_by', { who, when: formatWhen(emoji.created_at) })}
        </div>
      </div>
      {changes && (
        <>
          <IconButton size="sm" label={t('emoji.edit', { name })} onClick={() => setOpen('edit')}>
            <Pencil size={16} aria-hidden />
          </IconButton>
          <IconButton
            size="sm"
            label={`${t('emoji.remove')} :${name}:`}
            onClick={() => setOpen('remove')}
          >
            <Trash2 size={16} aria-hidden />
          </IconButton>
        </>
      )}
      <Dialog
        open={open === 'edit'}
        onOpenChange={(shown) => !shown && setOpen(null)}
        title={t('emoji.edit', { name })}
      >
        {open === 'edit' && <ChangeEmoji emoji={emoji} onDone={() => setOpen(null)} />}
      </Dialog>
      <Confirm
        open={open === 'remove'}
        onOpenChange={(shown) => !shown && setOpen(null)}
        title={t('emoji.remove_title', { name })}
        description={t('emoji.remove_hint', { name })}
        action={t('emoji.remove')}
        danger
        onConfirm={() => {
          removeEmoji(emoji.id).settled.then(
            () => toast({ title: t('emoji.removed', { name }) }),
            failed,
          )
        }}
      />
    </li>
  )
}

function failed(error: Error) {
  toast({ title: failureText(error), kind: 'error' })
}
