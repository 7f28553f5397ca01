// Who is in a space; whoever may takes them out.

import { X } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../i18n'
import { useGroups } from '../../model/group'
import { useMe, useMembers } from '../../model/member'
import { failureText } from '../../model/pending'
import { canManageSpace, changeSpaceMembers, useSpaceMembers } from '../../model/space'
import type { Member, Space } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { Button, IconButton } from '../../ui/Button'
import { Confirm } from '../../ui/Dialog'
import { toast } from '../../ui/Toast'
import { FollowedGroups, HeldWindow, useReasons } from '../roster/Reason'
import { Part } from './SpacePage'

/** Limit: rows at first, and more each time one asks. */
const SHOWN_MAX = 20

export function SpacePeople({ space, isIn }: { space: Space; isIn: boolean }) {
  const me = useMe()
  const ids = new Set(useSpaceMembers(space.id))
  const members = useMembers().filter((member) => ids.has(member.id) && member.active)
  const [most, setMost] = useState(SHOWN_MAX)
  const [removing, setRemoving] = useState<Member>()
  const reasons = useReasons({ space: space.id })
  const followed = useGroups().filter(({ id }) => reasons.followed?.groups.includes(id))
  const manages = canManageSpace(space, me, isIn)
  const isManager = ({ id }: Member) => id === space.created_by || space.managers?.includes(id)
  return (
    <Part title={t('space.people')} count={members.length}>
      <FollowedGroups groups={followed} />
      <ul>
        {members.slice(0, most).map((member) => (
          <li key={member.id} className="group flex min-h-9 items-center gap-2 rounded-md px-1">
            <Avatar member={member} size={24} />
            <span className="min-w-0 flex-1 py-1">
              <span className="block truncate">{member.name}</span>
              {reasons.words(member) && (
                <span className="block truncate text-faint text-xs">{reasons.words(member)}</span>
              )}
            </span>
            <span className="shrink-0 text-faint text-sm">
              {member.role === 'guest'
                ? t('people.role_guest')
                : isManager(member) && t('space.manager')}
            </span>
            {manages && member.id !== me.id && (
              <IconButton
                size="sm"
                label={t('space.remove', { name: member.name })}
                onClick={() => setRemoving(member)}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {members.length > most && (
        <Button size="sm" className="mt-2" onClick={() => setMost(most + SHOWN_MAX)}>
          {t('people.show_more')}
        </Button>
      )}
      {removing && reasons.holds(removing) && (
        <HeldWindow
          member={removing}
          because={reasons.of(removing.id)}
          onClose={() => setRemoving(undefined)}
        />
      )}
      <Confirm
        open={removing !== undefined && !reasons.holds(removing)}
        onOpenChange={(open) => !open && setRemoving(undefined)}
        title={t('space.remove_title', { name: removing?.name ?? '', space: space.name })}
        description={t(
          space.kind === 'closed' || removing?.role === 'guest'
            ? 'space.remove_hint_lost'
            : 'space.remove_hint',
        )}
        action={t('space.remove_action')}
        danger
        onConfirm={() => {
          if (!removing) return
          const sent = changeSpaceMembers(space.id, { remove: [removing.id] })
          sent.settled.catch((error: Error) => toast({ title: failureText(error), kind: 'error' }))
        }}
      />
    </Part>
  )
}
