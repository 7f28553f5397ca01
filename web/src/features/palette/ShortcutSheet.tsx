// All keys on one sheet.

import { useRef } from 'react'
import { useDialogProps } from '../../app/dialog'
import { t } from '../../i18n'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { SHORTCUTS } from './shortcut'

/** Keys that other parts of the screen listen for, told on the help sheet. */
const LOCAL_SHORTCUTS = [
  { id: 'pick_up', keys: 'Space', group: 'board' },
  { id: 'move_card', keys: 'Alt+← ↑ ↓ →', group: 'board' },
  { id: 'open_card', keys: 'Enter', group: 'board' },
  { id: 'put_back', keys: 'Esc', group: 'board' },
  { id: 'field_type', keys: 'T', group: 'board' },
  { id: 'field_state', keys: 'S', group: 'board' },
  { id: 'field_priority', keys: 'P', group: 'board' },
  { id: 'field_assignees', keys: 'A', group: 'board' },
  { id: 'field_labels', keys: 'L', group: 'board' },
  { id: 'field_due', keys: 'D', group: 'board' },
  { id: 'make_task', keys: 'T', group: 'message' },
  { id: 'select', keys: 'X', group: 'message' },
  { id: 'select_more', keys: 'Shift+↑ ↓', group: 'message' },
  { id: 'reply', keys: 'R', group: 'message' },
  { id: 'resolve', keys: 'D', group: 'message' },
  { id: 'quote', keys: 'Q', group: 'message' },
  { id: 'forward', keys: 'F', group: 'message' },
  { id: 'react', keys: '+', group: 'message' },
  { id: 'mark_unread', keys: 'U', group: 'message' },
  { id: 'menu', keys: 'M', group: 'message' },
  { id: 'edit_last', keys: '↑', group: 'message' },
  { id: 'inbox_next', keys: 'J K', group: 'inbox' },
  { id: 'inbox_open', keys: 'Enter', group: 'inbox' },
  { id: 'inbox_done', keys: 'E', group: 'inbox' },
  { id: 'inbox_later', keys: 'H', group: 'inbox' },
  { id: 'inbox_unread', keys: 'U', group: 'inbox' },
  { id: 'inbox_undo', keys: 'Z', group: 'inbox' },
  { id: 'inbox_why', keys: 'W', group: 'inbox' },
] as const

const GROUPS = ['general', 'go', 'board', 'message', 'inbox'] as const
const ALL = [...SHORTCUTS, ...LOCAL_SHORTCUTS]

export function ShortcutSheet() {
  const sheet = useDialogProps('shortcuts')
  const body = useRef<HTMLDivElement>(null)
  return (
    <Dialog {...sheet} title={t('palette.shortcuts')} width="md" initialFocus={body}>
      <div ref={body} tabIndex={-1} className="grid outline-none gap-x-8 gap-y-5 md:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group} aria-label={t(`palette.group_${group}`)}>
            <h3 className="mb-1 font-medium text-faint text-xs">{t(`palette.group_${group}`)}</h3>
            <dl>
              {ALL.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <div key={shortcut.id} className="flex min-h-8 items-center gap-3 py-1">
                  <dt className="min-w-0 flex-1">{t(`palette.key_${shortcut.id}`)}</dt>
                  <dd>
                    <Kbd keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
