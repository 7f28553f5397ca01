// Edits a message in its place. What was typed is kept as a draft until it is saved or cancelled.

import { useMemo, useState } from 'react'
import { t } from '../../../i18n'
import { useDraft } from '../../../model/draft'
import { editMessage, type LocalMessage } from '../../../model/message'
import { failureText } from '../../../model/pending'
import { Button } from '../../../ui/Button'
import { toast } from '../../../ui/Toast'
import { useAround } from '../composer/around'
import { Composer } from '../composer/Composer'
import { useActions } from './actions'

export function MessageEditor({ message }: { message: LocalMessage }) {
  const here = useAround()
  // An edit tells nobody of `@channel`.
  const around = useMemo(() => ({ ...here, everyone: false }), [here])
  const actions = useActions()
  const [draft, setDraft] = useDraft(`edit:${message.id}`)
  const [value, setValue] = useState(draft || message.text)
  const close = () => {
    setDraft('')
    actions.setEditing(null)
    const row = document.querySelector<HTMLElement>(`[data-message="${message.id}"]`)
    row?.focus({ preventScroll: true })
  }
  return (
    <div className="mt-1 mb-1.5">
      <Composer
        value={value}
        label={t('chat.edit_label')}
        sendLabel={t('common.save')}
        around={around}
        autoFocus
        onChange={(text) => {
          setValue(text)
          setDraft(text)
        }}
        onEscape={close}
        onSend={(text) => {
          close()
          if (text === message.text) return
          editMessage(message.id, text).settled.catch((error: Error) =>
            toast({ title: failureText(error), kind: 'error' }),
          )
        }}
        extra={
          <Button size="sm" variant="ghost" className="h-6" onClick={close}>
            {t('common.cancel')}
          </Button>
        }
      />
    </div>
  )
}
