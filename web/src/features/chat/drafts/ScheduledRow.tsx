// One message that is sent later, or that was refused at its time.

import { CircleAlert, Ellipsis, Paperclip, SendHorizontal } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { draftText, setDraft } from '../../../model/draft'
import { failureText } from '../../../model/pending'
import { cancelScheduled, changeScheduled, type Scheduled } from '../../../model/scheduled'
import { reattach } from '../../../model/upload'
import { IconButton } from '../../../ui/Button'
import { cx } from '../../../ui/class'
import { Menu, MenuItem, MenuLine, MenuSub } from '../../../ui/Menu'
import { plain } from '../../../ui/markdown/parse'
import { toast } from '../../../ui/Toast'
import { MomentDialog } from '../../inbox/MomentDialog'
import { refusedText } from '../../inbox/reason'
import { ScheduleItems } from '../composer/SendButton'
import { EditScheduled } from './EditScheduled'
import { usePlace } from './place'

/** Does it, or says why not. */
function attempt(doing: Promise<void>): void {
  doing.catch((failure: Error) => toast({ title: failureText(failure), kind: 'error' }))
}

export function ScheduledRow({ scheduled }: { scheduled: Scheduled }) {
  const { message, at, refused, files = [] } = scheduled
  const { id = '', channel, thread, task, text = '' } = message
  const home = task ? `task:${task}` : thread ? `thread:${thread}` : `channel:${channel}`
  const { icon, name, open } = usePlace(home, channel ?? undefined)
  const [window, setWindow] = useState<'edit' | 'time'>()
  const reschedule = (next: Date) => attempt(changeScheduled(id, { at: next }))
  const toDrafts = async () => {
    await cancelScheduled(id)
    setDraft(home, [draftText(home), text].filter((each) => each !== '').join('\n'))
    reattach(home, files)
  }
  return (
    <li className="flex items-center gap-1 rounded-md pr-2 hover:bg-hover">
      <button
        type="button"
        onClick={() => setWindow('edit')}
        className="flex min-w-0 flex-1 gap-3 rounded-md px-3 py-2 text-left focus:bg-hover"
      >
        <span className="flex h-6 w-5 shrink-0 items-center justify-center text-faint">{icon}</span>
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className="truncate font-medium">{name}</span>
            <span className="flex-1" />
            <time
              dateTime={at}
              title={formatFull(at)}
              className={cx('shrink-0 text-xs tabular-nums', refused ? 'text-faint' : 'text-soft')}
            >
              {formatWhen(at)}
            </time>
          </span>
          <span className="line-clamp-2 break-words text-soft">{plain(text)}</span>
          {files.length > 0 && (
            <span className="flex min-w-0 items-center gap-1 text-faint text-sm">
              <Paperclip size={14} aria-hidden className="shrink-0" />
              <span className="truncate">{files.map(({ name }) => name).join(', ')}</span>
            </span>
          )}
          {refused && (
            <span className="flex items-center gap-1 text-sm text-urgent">
              <CircleAlert size={14} aria-hidden className="shrink-0" />
              {refusedText(refused)}
            </span>
          )}
        </span>
      </button>
      <IconButton
        size="sm"
        label={t('draft.send_now')}
        onClick={() => attempt(changeScheduled(id, { send_now: true }))}
      >
        <SendHorizontal size={16} aria-hidden />
      </IconButton>
      <Menu
        align="end"
        className="min-w-52"
        trigger={
          <IconButton size="sm" label={t('common.more')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onClick={() => setWindow('edit')}>{t('draft.edit')}</MenuItem>
        <MenuSub label={t('draft.reschedule')}>
          <ScheduleItems onChoose={reschedule} onCustom={() => setWindow('time')} />
        </MenuSub>
        {open && <MenuItem onClick={open}>{t('draft.open')}</MenuItem>}
        <MenuLine />
        <MenuItem onClick={() => attempt(toDrafts())}>{t('draft.to_drafts')}</MenuItem>
      </Menu>
      {window === 'edit' && (
        <EditScheduled scheduled={scheduled} onClose={() => setWindow(undefined)} />
      )}
      {window === 'time' && (
        <MomentDialog
          title={t('draft.reschedule')}
          label={t('draft.when')}
          save={t('draft.schedule')}
          {...(!refused && { now: new Date(at) })}
          onChoose={reschedule}
          onClose={() => setWindow(undefined)}
        />
      )}
    </li>
  )
}
