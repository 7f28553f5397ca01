// All keys on one sheet.

import { useRef } from 'react'
import { useDialogProps } from '../../app/dialog'
import { t } from '../../i18n'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { LOCAL_SHORTCUTS, SHORTCUTS } from './shortcut'

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
