// One draft: where it is for, how it begins, when it was changed.

import { Copy, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { type DraftView, setDraft, settleSetAside } from '../../../model/draft'
import { IconButton } from '../../../ui/Button'
import { plain } from '../../../ui/markdown/parse'
import { toast } from '../../../ui/Toast'
import { usePlace } from './place'

export function DraftRow({ draft }: { draft: DraftView }) {
  const { home, text, setAside, changedAt } = draft
  const { icon, name, open } = usePlace(home, draft.channel)
  const words = [text, ...setAside].filter((each) => each !== '')
  const remove = () => {
    if (setAside.length > 0) settleSetAside(home, false)
    setDraft(home, '')
    const back = () => setDraft(home, words.join('\n'))
    toast({ title: t('draft.deleted'), action: { label: t('draft.undo'), run: back } })
  }
  const copy = async () => {
    await navigator.clipboard.writeText(words.join('\n'))
    toast({ title: t('common.copied') })
  }
  return (
    <li className="group/row flex items-center gap-1 rounded-md pr-2 hover:bg-hover">
      <button
        type="button"
        data-draft={home}
        disabled={!open}
        onClick={open}
        onKeyDown={step}
        className="flex min-w-0 flex-1 gap-3 rounded-md px-3 py-2 text-left focus:bg-hover"
      >
        <span className="flex h-6 w-5 shrink-0 items-center justify-center text-faint">{icon}</span>
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className="truncate font-medium">{name}</span>
            <span className="flex-1" />
            {changedAt ? (
              <time
                dateTime={changedAt}
                title={formatFull(changedAt)}
                className="shrink-0 text-faint text-xs tabular-nums"
              >
                {formatWhen(changedAt)}
              </time>
            ) : (
              <span className="shrink-0 text-faint text-xs">{t('draft.here')}</span>
            )}
          </span>
          <span className="line-clamp-2 break-words text-soft">{plain(words.join(' '))}</span>
        </span>
      </button>
      <IconButton size="sm" label={t('draft.copy')} onClick={() => void copy()}>
        <Copy size={16} aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t('draft.delete')} onClick={remove}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  )
}

/** Arrows, J and K go from one draft to the next. */
function step(event: KeyboardEvent<HTMLButtonElement>): void {
  const down = event.key === 'ArrowDown' || event.key === 'j'
  if (!down && event.key !== 'ArrowUp' && event.key !== 'k') return
  const row = event.currentTarget.closest('li')
  const next = down ? row?.nextElementSibling : row?.previousElementSibling
  next?.querySelector('button')?.focus()
  event.preventDefault()
}
