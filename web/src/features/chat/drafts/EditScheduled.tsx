// The words and files of a message that is sent later. What was typed stays until it is saved.

import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { t } from '../../../i18n'
import { failureText } from '../../../model/pending'
import { changeScheduled, type Scheduled } from '../../../model/scheduled'
import type { File as Carried } from '../../../protocol'
import { Button, IconButton } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { Field, Textarea } from '../../../ui/Field'
import { FileIcon } from '../message/FileIcon'

interface Props {
  scheduled: Scheduled
  onClose(): void
}

export function EditScheduled({ scheduled: { message, files = [] }, onClose }: Props) {
  const [text, setText] = useState(message.text ?? '')
  const [kept, setKept] = useState(files)
  const [error, setError] = useState<string>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const changes = {
      text: text.trim(),
      ...(kept.length < files.length && { files: kept.map(({ id }) => id) }),
    }
    changeScheduled(message.id ?? '', changes).then(onClose, (failure: Error) =>
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
            disabled={text.trim() === '' && kept.length === 0}
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
        <KeptFiles files={kept} onRemove={(id) => setKept(kept.filter((file) => file.id !== id))} />
      </form>
    </Dialog>
  )
}

/** Each can be taken off, once this is saved. */
function KeptFiles({ files, onRemove }: { files: Carried[]; onRemove(id: string): void }) {
  if (files.length === 0) return null
  return (
    <ul aria-label={t('file.attached')} className="mt-3 divide-y divide-line rounded-md border">
      {files.map((file) => (
        <li key={file.id} className="flex min-h-11 items-center gap-2 px-1">
          <span className="flex w-9 shrink-0 justify-center">
            <FileIcon file={file} />
          </span>
          <span className="min-w-0 flex-1 truncate" title={file.name}>
            {file.name}
          </span>
          <IconButton
            size="sm"
            label={t('file.remove', { name: file.name })}
            onClick={() => onRemove(file.id)}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
