// Puts people into a group.

import { useMemo } from 'react'
import { t } from '../../i18n'
import { changeGroupMembers } from '../../model/group'
import { useMembers } from '../../model/member'
import { isGrouped } from '../../model/reach'
import type { Group } from '../../protocol'
import { AddDialog } from '../roster/AddDialog'

/** Limit: people added at once. */
const MEMBERS_MAX = 500

/** Ids that no group can hold, and those given. */
export function useUngrouped(also: readonly string[] | undefined): readonly string[] {
  const members = useMembers()
  return useMemo(() => {
    const outside = members.filter((member) => !isGrouped(member)).map(({ id }) => id)
    return [...outside, ...(also ?? [])]
  }, [members, also])
}

export function AddPeople({ group, onClose }: { group: Group; onClose(): void }) {
  const without = useUngrouped(group.members)
  return (
    <AddDialog
      title={t('people.add_to', { name: group.name })}
      label={t('people.add')}
      action={t('people.add')}
      without={without}
      most={MEMBERS_MAX}
      add={(add) => changeGroupMembers(group.id, { add })}
      onClose={onClose}
    />
  )
}
