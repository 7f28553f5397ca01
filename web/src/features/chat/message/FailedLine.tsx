// Says that a message was not sent or a change to it was refused, and what one can do.

import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { errorText, t } from '../../../i18n'
import type { LocalMessage } from '../../../model/message'
import { discard, retry, usePending } from '../../../model/pending'

interface Props {
  message: LocalMessage
  /** Takes the text of a message that was never sent back into the composer. */
  onTakeBack(text: string): void
}

export function FailedLine({ message, onTakeBack }: Props) {
  const pending = usePending()
  const local = message.local
  if (local?.state !== 'failed') return null
  const command = pending.find((one) => one.requestId === local.requestId)?.command
  const posting = command?.type === 'post_message'
  const takeBack = () => {
    if (posting) onTakeBack(command.text ?? '')
    discard(local.requestId)
  }
  return (
    <div role="alert" className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm text-urgent">
      <CircleAlert size={14} aria-hidden />
      <span>
        {posting || !command ? t('chat.not_sent') : t('chat.not_changed')}
        {local.error && ` ${errorText(local.error.code)}`}
      </span>
      <Action onClick={() => retry(local.requestId)}>{t('common.retry')}</Action>
      {posting && <Action onClick={takeBack}>{t('chat.edit')}</Action>}
      <Action onClick={() => discard(local.requestId)}>{t('chat.discard')}</Action>
    </div>
  )
}

function Action({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="rounded-sm px-1 font-medium underline-offset-2 hover:underline"
    >
      {children}
    </button>
  )
}
