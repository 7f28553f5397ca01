// A thread that is settled: the mark on it, and the line in it that says by whom and reopens it.

import { CircleCheckBig } from 'lucide-react'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { useMember } from '../../../model/member'
import type { LocalMessage } from '../../../model/message'
import { Button } from '../../../ui/Button'
import { useActions } from './actions'

/** In a line about the thread: that it is settled. */
export function ResolvedMark({ by }: { by: string }) {
  const member = useMember(by)
  const who = member?.name ?? t('common.unknown_member')
  return (
    <span
      title={t('thread.resolved_by', { who })}
      className="inline-flex shrink-0 items-center gap-1 text-sm text-done"
    >
      <CircleCheckBig size={14} aria-hidden />
      {t('thread.resolved')}
    </span>
  )
}

/** Above what is written in the thread. */
export function ResolvedLine({ root }: { root: LocalMessage }) {
  const actions = useActions()
  const member = useMember(root.resolved?.by)
  if (!root.resolved) return null
  const { at } = root.resolved
  return (
    <div
      role="status"
      className="mb-2 flex min-w-0 items-center gap-2 rounded-md border bg-sunken px-3 py-1.5
        text-sm"
    >
      <CircleCheckBig size={16} aria-hidden className="shrink-0 text-done" />
      <span className="min-w-0 flex-1 truncate">
        {t('thread.resolved_by', { who: member?.name ?? t('common.unknown_member') })}
        <time dateTime={at} title={formatFull(at)} className="ml-2 text-faint text-xs">
          {formatWhen(at)}
        </time>
      </span>
      {actions.rights(root).resolve && (
        <Button size="sm" variant="ghost" onClick={() => actions.toggleResolved(root)}>
          {t('thread.reopen_short')}
        </Button>
      )}
    </div>
  )
}
