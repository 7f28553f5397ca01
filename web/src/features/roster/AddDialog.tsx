// Puts people into something, many at once: into a space or a group.

import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { Refused, type Sent } from '../../model/pending'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PeopleField } from '../chat/channel/PeopleField'

interface Props {
  title: string
  description?: string
  /** Of the field. */
  label: string
  /** Of the button. */
  action: string
  /** Ids that cannot be chosen. */
  without: readonly string[]
  /** Limit: people added at once. */
  most: number
  add(people: string[]): Sent
  onClose(): void
}

export function AddDialog(props: Props) {
  const { title, description, label, action, without, most, add, onClose } = props
  const [chosen, setChosen] = useState<string[]>([])
  const [error, setError] = useState<string>()
  const submit = () => {
    if (chosen.length === 0) return
    add(chosen).settled.then(onClose, (failure: unknown) => {
      if (failure instanceof Refused) setError(errorText(failure.failure.code))
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={submit}>
            {action}
          </Button>
        </>
      }
    >
      <PeopleField
        autoFocus
        label={label}
        value={chosen}
        without={without}
        most={most}
        onChange={(people) => {
          setChosen(people)
          setError(undefined)
        }}
        onEnter={submit}
      />
      {error && (
        <p role="alert" className="mt-2 text-sm text-urgent">
          {error}
        </p>
      )}
    </Dialog>
  )
}
