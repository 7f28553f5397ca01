// Puts people into a space, guests too.

import { t } from '../../i18n'
import { useMe, useMembers } from '../../model/member'
import { useFollowed } from '../../model/roster'
import { changeSpaceMembers, useSpaceMembers } from '../../model/space'
import type { Space } from '../../protocol'
import { AddDialog } from '../roster/AddDialog'

/** Limit: people added at once. */
const MEMBERS_MAX = 100

export function AddToSpace({ space, onClose }: { space: Space; onClose(): void }) {
  const followed = useFollowed({ space: space.id }, useMe().role === 'guest')
  const inside = useSpaceMembers(space.id)
  // Whoever is there through a group alone can be added by name, and stays then.
  const isThere = (id: string) => inside?.includes(id) && (followed?.named?.has(id) ?? true)
  const without = useMembers().flatMap(({ id, kind }) =>
    kind === 'bot' || isThere(id) ? [id] : [],
  )
  return (
    <AddDialog
      title={t('space.add_to', { name: space.name })}
      description={t('space.add_hint')}
      label={t('space.people')}
      action={t('space.add')}
      without={without}
      most={MEMBERS_MAX}
      add={(add) => changeSpaceMembers(space.id, { add })}
      onClose={onClose}
    />
  )
}
