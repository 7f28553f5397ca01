// A message that is held back for a moment: it can be taken back into the composer.

import { Undo2 } from 'lucide-react'
import { t } from '../../../i18n'
import type { LocalMessage } from '../../../model/message'
import { takeBack } from '../../../model/undo_send'

export function HeldLine({ message }: { message: LocalMessage }) {
  const { local } = message
  if (!local?.isHeld) return null
  return (
    <div role="status" className="mt-0.5 flex items-center gap-2 text-faint text-sm">
      <span>{t('chat.held')}</span>
      <button
        type="button"
        onClick={() => takeBack(local.requestId)}
        className="flex items-center gap-1 rounded-sm px-1 font-medium text-accent-ink
          underline-offset-2 hover:underline"
      >
        <Undo2 size={14} aria-hidden />
        {t('chat.undo_send')}
      </button>
    </div>
  )
}
