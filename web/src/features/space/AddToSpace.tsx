// Puts people into a space, many at once; guests too.

import { useState } from 'react'
import { errorText, t } from '../../i18n'
import { useMembers } from '../../model/member'
import { Refused } from '../../model/pending'
import { changeSpaceMembers, useSpaceMembers } from '../../model/space'
import type { Space } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PeopleField } from '../chat/channel/PeopleField'

/** Limit: people added at once. */
const MEMBERS_MAX = 100

export function AddToSpace({ space, onClose }: { space: Space; onClose(): void }) {
  const [chosen, setChosen] = useState<string[]>([])
  const [error, setError] = useState<string>()
  const inside = useSpaceMembers(space.id)
  const without = useMembers().flatMap(({ id, kind }) =>
    kind === 'bot' || inside?.includes(id) ? [id] : [],
  )
  const add = () => {
    if (chosen.length === 0) return
    changeSpaceMembers(space.id, { add: chosen }).settled.then(onClose, (failure: unknown) => {
      if (failure instanceof Refused) setError(errorText(failure.failure.code))
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('space.add_to', { name: space.name })}
      description={t('space.add_hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={add}>
            {t('space.add')}
          </Button>
        </>
      }
    >
      <PeopleField
        autoFocus
        label={t('space.people')}
        value={chosen}
        without={without}
        most={MEMBERS_MAX}
        onChange={setChosen}
        onEnter={add}
      />
      {error && (
        <p role="alert" className="mt-2 text-sm text-urgent">
          {error}
        </p>
      )}
    </Dialog>
  )
}
