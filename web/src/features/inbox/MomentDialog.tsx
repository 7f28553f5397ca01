// Asks for a moment in the future, in the reader's time zone.

import { type FormEvent, useState } from 'react'
import { t } from '../../i18n'
import { momentOf, wall } from '../../i18n/zone'
import { useMe } from '../../model/member'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'
import { laterChoices } from './logic/later'

interface Props {
  title: string
  /** Names the field. */
  label: string
  save: string
  /** What it is now; tomorrow morning otherwise. */
  now?: Date
  onChoose(at: Date): void
  onClose(): void
}

export function MomentDialog({ title, label, save, now, onChoose, onClose }: Props) {
  const zone = useMe().time_zone
  const [text, setText] = useState(() => {
    const tomorrow = laterChoices(new Date(), zone).find(({ id }) => id === 'tomorrow')
    const { day, time } = wall(now ?? tomorrow?.at ?? new Date(), zone)
    return `${day}T${time}`
  })
  const [error, setError] = useState<string>()
  const [day = '', time = ''] = text.split('T')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!day || !time) return setError(t('inbox.remind_past'))
    const at = momentOf(day, time.slice(0, 5), zone)
    if (at <= new Date()) return setError(t('inbox.remind_past'))
    onChoose(at)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      width="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="moment">
            {save}
          </Button>
        </>
      }
    >
      <form id="moment" onSubmit={submit}>
        <Field label={label} hint={zone.replaceAll('_', ' ')} error={error}>
          <Input
            type="datetime-local"
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
