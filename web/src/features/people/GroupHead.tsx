// What a group is called, where it stands, and what those who may can do with it.

import { Link } from '@tanstack/react-router'
import { Ellipsis, UserPlus } from 'lucide-react'
import { Fragment, useState } from 'react'
import { go, groupHref, peopleHref } from '../../app/place'
import { errorText, t } from '../../i18n'
import { canManageGroup, deleteGroup, updateGroup, useGroups } from '../../model/group'
import { isAdmin, useMe } from '../../model/member'
import { Refused, type Sent } from '../../model/pending'
import { pathOf } from '../../model/reach'
import type { Group } from '../../protocol'
import { Button, IconButton } from '../../ui/Button'
import { Confirm } from '../../ui/Dialog'
import { Menu, MenuItem } from '../../ui/Menu'
import { toast } from '../../ui/Toast'
import { AddPeople } from './AddPeople'
import { useFollowersOf } from './GroupFollowers'
import { GroupForm } from './GroupForm'

export function GroupHead({ group }: { group: Group }) {
  const me = useMe()
  const path = pathOf(useGroups(), group)
  const [adding, setAdding] = useState(false)
  const mayManage = canManageGroup(me, group)
  return (
    <>
      <div className="min-w-0 flex-1 py-2">
        {path.length > 0 && (
          <p className="truncate text-faint text-xs">
            {path.map((above) => (
              <Fragment key={above.id}>
                <Link to={groupHref(above.id)} className="hover:text-ink hover:underline">
                  {above.name}
                </Link>
                {' / '}
              </Fragment>
            ))}
          </p>
        )}
        <h2 className="truncate">
          <span className="font-semibold">{group.name}</span>{' '}
          <span className="text-faint text-sm">@{group.handle}</span>
          {group.archived && <span className="text-faint text-sm"> · {t('people.archived')}</span>}
        </h2>
      </div>
      {mayManage && !group.archived && (
        <Button icon={<UserPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          <span className="max-md:sr-only">{t('people.add')}</span>
        </Button>
      )}
      {mayManage && <GroupMenu group={group} mayDelete={isAdmin(me)} />}
      {adding && <AddPeople group={group} onClose={() => setAdding(false)} />}
    </>
  )
}

function GroupMenu({ group, mayDelete }: { group: Group; mayDelete: boolean }) {
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState(false)
  const archived = !group.archived
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={t('people.group_menu')}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onClick={() => setEditing(true)}>{t('people.group_edit')}</MenuItem>
        <MenuItem onClick={() => tell(updateGroup(group.id, { archived }))}>
          {t(archived ? 'people.group_archive' : 'people.group_restore')}
        </MenuItem>
        {mayDelete && (
          <MenuItem danger onClick={() => setAsking(true)}>
            {t('people.group_delete')}
          </MenuItem>
        )}
      </Menu>
      {editing && <GroupForm group={group} onClose={() => setEditing(false)} />}
      {asking && <Deleting group={group} onClose={() => setAsking(false)} />}
    </>
  )
}

/** Says first what follows it: those who are there through it alone leave. */
function Deleting({ group, onClose }: { group: Group; onClose(): void }) {
  const { spaces, channels } = useFollowersOf(group.id)
  const names = [...spaces, ...channels].map(({ name }) => name)
  return (
    <Confirm
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('people.group_delete_title', { name: group.name })}
      description={
        <>
          {t('people.group_delete_hint')}{' '}
          {names.length > 0
            ? t('roster.group_delete_hint', { names: names.join(t('people.comma')) })
            : t('roster.group_delete_elsewhere')}
        </>
      }
      action={t('people.group_delete')}
      danger
      onConfirm={() => tell(deleteGroup(group.id), () => go(peopleHref))}
    />
  )
}

/** Says why it was refused: most often other departments lie below. */
function tell(sent: Sent, then?: () => void): void {
  sent.settled.then(then, (error: unknown) => {
    if (!(error instanceof Refused)) return
    const { code } = error.failure
    const text = code === 'conflict' ? t('people.group_in_use') : errorText(code)
    toast({ kind: 'error', title: t('shell.refused'), description: text })
  })
}
