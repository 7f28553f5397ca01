// Picks the moment to be reminded of a message, in the reader's time zone.

import { type FormEvent, useState } from 'react'
import { t } from '../../i18n'
import { momentOf, wall } from '../../i18n/zone'
import { useMe } from '../../model/member'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'
import { laterChoices } from './logic/later'
import { remind } from './remind'

interface Props {
  message: string
  onClose(): void
}

export function RemindDialog({ message, onClose }: Props) {
  const zone = useMe().time_zone
  const [text, setText] = useState(() => {
    const tomorrow = laterChoices(new Date(), zone).find(({ id }) => id === 'tomorrow')
    const { day, time } = wall(tomorrow?.at ?? new Date(), zone)
    return `${day}T${time}`
  })
  const [error, setError] = useState<string>()
  const [day = '', time = ''] = text.split('T')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!day || !time) return setError(t('inbox.remind_past'))
    const at = momentOf(day, time.slice(0, 5), zone)
    if (at <= new Date()) return setError(t('inbox.remind_past'))
    remind(message, at)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('inbox.remind')}
      width="sm"
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="remind">
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id="remind" onSubmit={submit}>
        <Field label={t('inbox.remind_title')} hint={zone.replaceAll('_', ' ')} error={error}>
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
