// All keys on one sheet.

import { useRef } from 'react'
import { useDialogProps } from '../../app/dialog'
import { t } from '../../i18n'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { FORMAT_KEYS, type Format } from '../chat/composer/format'
import { LOCAL_SHORTCUTS } from './local'
import { SHORTCUTS } from './shortcut'

const GROUPS = ['general', 'go', 'message', 'write', 'inbox', 'board'] as const
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
              {ALL.filter((shortcut) => shortcut.group === group).map(({ id, keys }) => (
                <Line key={id} does={t(`palette.key_${id}`)} keys={keys} />
              ))}
              {group === 'write' &&
                Object.entries(FORMAT_KEYS).map(([format, keys]) => (
                  <Line key={format} does={t(`draft.format_${format as Format}`)} keys={keys} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Line({ does, keys }: { does: string; keys: string }) {
  return (
    <div className="flex min-h-8 items-center gap-3 py-1">
      <dt className="min-w-0 flex-1">{does}</dt>
      <dd>
        <Kbd keys={keys} />
      </dd>
    </div>
  )
}
