// What a space is called, and what those who may can do with it.

import { Ellipsis, Lock, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { go, spacesHref } from '../../app/place'
import { t } from '../../i18n'
import { useMe } from '../../model/member'
import { failureText, type Sent } from '../../model/pending'
import { canManageSpace, leaveSpace, updateSpace } from '../../model/space'
import type { Space } from '../../protocol'
import { Button, IconButton } from '../../ui/Button'
import { Confirm } from '../../ui/Dialog'
import { Menu, MenuItem } from '../../ui/Menu'
import { toast } from '../../ui/Toast'
import { FollowWindow } from '../roster/FollowWindow'
import { AddToSpace } from './AddToSpace'
import { SpaceForm } from './SpaceForm'
import { SpaceMark } from './SpaceMark'
import { JoinSpace } from './SpacesPage'

export function SpaceHead({ space, isIn }: { space: Space; isIn: boolean }) {
  const me = useMe()
  const [adding, setAdding] = useState(false)
  const manages = canManageSpace(space, me, isIn)
  return (
    <>
      <SpaceMark space={space} size={24} />
      <h1 className="flex min-w-0 flex-1 items-center gap-1.5 font-semibold">
        <span className="truncate">{space.name}</span>
        {space.kind === 'closed' && (
          <Lock size={14} role="img" aria-label={t('space.kind_closed')} className="text-faint" />
        )}
      </h1>
      {!isIn && !space.archived && <JoinSpace space={space} />}
      {manages && !space.archived && (
        <Button icon={<UserPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          <span className="max-md:sr-only">{t('space.add')}</span>
        </Button>
      )}
      {(manages || isIn) && <SpaceMenu space={space} isIn={isIn} manages={manages} />}
      {adding && <AddToSpace space={space} onClose={() => setAdding(false)} />}
    </>
  )
}

interface MenuProps {
  space: Space
  isIn: boolean
  manages: boolean
}

function SpaceMenu({ space, isIn, manages }: MenuProps) {
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const [following, setFollowing] = useState(false)
  const archived = !space.archived
  // Whoever cannot see it afterwards loses what is in it.
  const isLost = space.kind === 'closed' || me.role === 'guest'
  const leave = () => tell(leaveSpace(space.id), () => isLost && go(spacesHref))
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t('space.menu')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {manages && <MenuItem onClick={() => setEditing(true)}>{t('space.edit')}</MenuItem>}
        {manages && !space.archived && (
          <MenuItem onClick={() => setFollowing(true)}>{t('roster.follow')}</MenuItem>
        )}
        {manages && (
          <MenuItem onClick={() => tell(updateSpace(space.id, { archived }))}>
            {t(archived ? 'space.archive' : 'space.restore')}
          </MenuItem>
        )}
        {isIn && (
          <MenuItem onClick={() => (isLost ? setLeaving(true) : leave())}>
            {t('space.leave')}
          </MenuItem>
        )}
      </Menu>
      {editing && <SpaceForm space={space} onClose={() => setEditing(false)} />}
      {following && (
        <FollowWindow roster={{ space: space.id }} onClose={() => setFollowing(false)} />
      )}
      <Confirm
        open={leaving}
        onOpenChange={setLeaving}
        title={t('space.leave_title', { name: space.name })}
        description={t('space.leave_hint')}
        action={t('space.leave')}
        danger
        onConfirm={leave}
      />
    </>
  )
}

function tell(sent: Sent, then?: () => void): void {
  sent.settled.then(then, (error: Error) => toast({ kind: 'error', title: failureText(error) }))
}
