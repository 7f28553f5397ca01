// Puts people into a group, many at once.

import { useMemo, useState } from 'react'
import { errorText, t } from '../../i18n'
import { changeGroupMembers } from '../../model/group'
import { useMembers } from '../../model/member'
import { Refused } from '../../model/pending'
import { isGrouped } from '../../model/reach'
import type { Group } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { PeopleField } from '../chat/channel/PeopleField'

/** Ids that no group can hold, and those given. */
export function useUngrouped(also: readonly string[] | undefined): readonly string[] {
  const members = useMembers()
  return useMemo(() => {
    const outside = members.filter((member) => !isGrouped(member)).map(({ id }) => id)
    return [...outside, ...(also ?? [])]
  }, [members, also])
}

export function AddPeople({ group, onClose }: { group: Group; onClose(): void }) {
  const [chosen, setChosen] = useState<string[]>([])
  const [error, setError] = useState<string>()
  const without = useUngrouped(group.members)
  const add = () => {
    if (chosen.length === 0) return
    changeGroupMembers(group.id, { add: chosen }).settled.then(onClose, (failure: unknown) => {
      if (failure instanceof Refused) setError(errorText(failure.failure.code))
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('people.add_to', { name: group.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={chosen.length === 0} onClick={add}>
            {t('people.add')}
          </Button>
        </>
      }
    >
      <PeopleField
        autoFocus
        label={t('people.add')}
        value={chosen}
        without={without}
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
