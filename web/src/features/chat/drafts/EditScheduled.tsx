// The words of a message that is sent later. What was typed stays until it is saved.

import { type FormEvent, useState } from 'react'
import { t } from '../../../i18n'
import { failureText } from '../../../model/pending'
import { changeScheduled, type Scheduled } from '../../../model/scheduled'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Field, Textarea } from '../../../ui/Field'

interface Props {
  scheduled: Scheduled
  onClose(): void
}

export function EditScheduled({ scheduled: { message, files = [] }, onClose }: Props) {
  const [text, setText] = useState(message.text ?? '')
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    changeScheduled(message.id ?? '', { text: text.trim() }).then(onClose, (failure: Error) =>
      setError(failureText(failure)),
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('draft.edit')}
      width="md"
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form="edit-scheduled"
            disabled={text.trim() === '' && files.length === 0}
          >
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="edit-scheduled" onSubmit={submit}>
        <Field label={t('draft.words')} error={error}>
          <Textarea
            rows={6}
            value={text}
            onChange={({ target }) => {
              setText(target.value)
              setError(undefined)
            }}
          />
        </Field>
      </form>
    </Dialog>
  )
}
