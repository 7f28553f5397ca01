// For administrators: who is here, what they may do, and where they are signed in.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../i18n'
import {
  changeRole,
  deactivateMember,
  reactivateMember,
  useMe,
  useMembers,
  useOnline,
} from '../../model/member'
import type { Member, Role } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { IconButton } from '../../ui/Button'
import { cx } from '../../ui/class'
import { Confirm } from '../../ui/Dialog'
import { Input } from '../../ui/Field'
import { Menu, MenuItem } from '../../ui/Menu'
import { Select } from '../../ui/Select'
import { fold, rankBy } from '../palette/match'
import { useSounds } from '../palette/useSounds'
import { Part } from '../settings/Part'
import { MemberSessions } from './MemberSessions'

/** What roles are called. */
export function roleName(role: Role): string {
  return t(`people.role_${role}`)
}

export function MembersPage() {
  const members = useMembers()
  const [query, setQuery] = useState('')
  const people = members.filter(({ kind }) => kind !== 'bot')
  const shown = useFound(people, query)
  return (
    <Part hint={t('people.hint')}>
      <Input
        type="search"
        placeholder={t('people.search')}
        aria-label={t('people.search')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        className="mb-3"
      />
      {shown.length === 0 && <p className="py-4 text-faint">{t('people.search_none')}</p>}
      {shown.length > 0 && (
        <ul className="divide-y divide-line rounded-md border">
          {shown.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </ul>
      )}
    </Part>
  )
}

function useFound(people: readonly Member[], query: string): readonly Member[] {
  useSounds()
  const folded = fold(query)
  if (!folded) return people
  return rankBy(people, folded, ({ name, handle, title }) => [name, handle, title ?? ''])
}

function MemberRow({ member }: { member: Member }) {
  const me = useMe()
  const isOnline = useOnline(member.id)
  return (
    <li className="flex min-h-14 items-center gap-3 px-3 py-2">
      <Avatar
        member={member}
        size={32}
        online={member.active ? isOnline : undefined}
        className={cx(!member.active && 'opacity-55')}
      />
      <div className="min-w-0 flex-1">
        <div className="flex gap-1">
          <span className="truncate">{member.name}</span>
          {member.id === me.id && (
            <span className="shrink-0 text-faint">{t('common.you_mark')}</span>
          )}
        </div>
        <div className="truncate text-faint text-sm">
          @{member.handle}
          {member.title && ` · ${member.title}`}
        </div>
      </div>
      {member.active ? (
        <RoleSelect member={member} me={me} />
      ) : (
        <span className="min-w-28 px-2.5 max-md:min-w-0 max-md:px-1 text-faint">
          {t('people.deactivated')}
        </span>
      )}
      <MemberMenu member={member} me={me} />
    </li>
  )
}

const roles: Role[] = ['owner', 'admin', 'member', 'guest']

/** Only owners make and unmake owners. */
function mayChange(me: Member, member: Member): boolean {
  return member.id !== me.id && (me.role === 'owner' || member.role !== 'owner')
}

function RoleSelect({ member, me }: { member: Member; me: Member }) {
  if (!mayChange(me, member))
    return (
      <span className="min-w-28 px-2.5 max-md:min-w-0 max-md:px-1 text-soft">
        {roleName(member.role)}
      </span>
    )
  const options = roles
    .filter((role) => role !== 'owner' || me.role === 'owner')
    .map((value) => ({ value, label: roleName(value) }))
  return (
    <Select<Role>
      className="max-md:min-w-0 max-md:px-2"
      label={t('people.role_of', { name: member.name })}
      value={member.role}
      onChange={(role) => changeRole(member.id, role)}
      options={options}
    />
  )
}

function MemberMenu({ member, me }: { member: Member; me: Member }) {
  const [asking, setAsking] = useState(false)
  const [looking, setLooking] = useState(false)
  if (!mayChange(me, member)) return <span className="w-8 max-md:hidden" />
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('people.more', { name: member.name })}>
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        {member.active && (
          <MenuItem onClick={() => setLooking(true)}>{t('admin.sessions')}</MenuItem>
        )}
        {member.active ? (
          <MenuItem danger onClick={() => setAsking(true)}>
            {t('people.deactivate')}
          </MenuItem>
        ) : (
          <MenuItem onClick={() => reactivateMember(member.id)}>{t('people.reactivate')}</MenuItem>
        )}
      </Menu>
      {looking && <MemberSessions member={member} onClose={() => setLooking(false)} />}
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={t('people.deactivate_title', { name: member.name })}
        description={t('people.deactivate_hint')}
        action={t('people.deactivate')}
        danger
        onConfirm={() => deactivateMember(member.id)}
      />
    </>
  )
}
