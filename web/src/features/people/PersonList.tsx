// Who is in a group, or everyone: found by name, handle, pinyin, initials and title. Pressing
// somebody opens their direct channel; whoever may takes them out of the group.

import { MessageSquare, UsersRound, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { openChannel } from '../../app/place'
import { t } from '../../i18n'
import { openDirect } from '../../model/channel'
import { canManageGroup, changeGroupMembers, useGroups, useReach } from '../../model/group'
import { useMe, useMembers, useOnline } from '../../model/member'
import { failureText } from '../../model/pending'
import { isGrouped } from '../../model/reach'
import type { Group, Member } from '../../protocol'
import { Avatar } from '../../ui/Avatar'
import { Button, IconButton } from '../../ui/Button'
import { Empty } from '../../ui/Empty'
import { Input } from '../../ui/Field'
import { StatusMark } from '../../ui/StatusMark'
import { toast } from '../../ui/Toast'
import { fold, rankBy } from '../palette/match'
import { loadPinyin } from '../palette/pinyin'
import { GroupFollowers } from './GroupFollowers'
import { roleName } from './MembersPage'

/** Limit: rows at first, and more each time one asks. */
const SHOWN_MAX = 100

/** Without a group: everyone. */
export function GroupPeople({ group }: { group: Group | undefined }) {
  const [query, setQuery] = useState('')
  const [most, setMost] = useState(SHOWN_MAX)
  const people = usePeople(group)
  const found = useFound(people, query)
  const departments = useDepartments()
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-3xl px-4 py-4 max-md:px-3">
        {group?.description && <p className="mb-3 text-soft">{group.description}</p>}
        <Managers group={group} />
        {group && <GroupFollowers group={group} />}
        {people.length > 0 && (
          <Input
            type="search"
            placeholder={t('people.search')}
            aria-label={t('people.search')}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setMost(SHOWN_MAX)
            }}
            className="mb-2"
          />
        )}
        {people.length === 0 && (
          <Empty icon={<UsersRound size={20} aria-hidden />} title={t('people.group_empty')} />
        )}
        {people.length > 0 && (
          <p role="status" className="px-2 py-1 text-faint text-sm">
            {found.length === 0
              ? t('people.search_none')
              : t('people.count', { count: found.length })}
          </p>
        )}
        <ul aria-label={group?.name ?? t('people.everyone')}>
          {found.slice(0, most).map((member) => (
            <PersonRow
              key={member.id}
              member={member}
              group={group}
              departments={departments.get(member.id) ?? ''}
            />
          ))}
        </ul>
        {found.length > most && (
          <div className="flex justify-center p-4">
            <Button onClick={() => setMost(most + SHOWN_MAX)}>{t('people.show_more')}</Button>
          </div>
        )}
      </div>
    </div>
  )
}

/** Active ones by name: of the group and what lies below it, or all; bots are nobody's. */
function usePeople(group: Group | undefined): readonly Member[] {
  const members = useMembers()
  const reach = useReach()
  const inside = group && reach.get(group.id)
  return useMemo(
    () =>
      members.filter((member) =>
        group ? inside?.has(member.id) : member.active && member.kind !== 'bot',
      ),
    [members, group, inside],
  )
}

function useFound(people: readonly Member[], query: string): readonly Member[] {
  const [sounds, setSounds] = useState(false)
  useEffect(() => {
    let here = true
    loadPinyin().then(() => here && setSounds(true))
    return () => {
      here = false
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: ranks anew once sounds are known
  return useMemo(() => {
    if (fold(query) === '') return people
    return rankBy(people, query, ({ name, handle, title }) => [name, handle, title ?? ''])
  }, [people, query, sounds])
}

/** The names of everyone's own departments. */
function useDepartments(): ReadonlyMap<string, string> {
  const groups = useGroups()
  return useMemo(() => {
    const names = new Map<string, string>()
    for (const group of groups) {
      if (group.kind !== 'department' || group.archived) continue
      for (const id of group.members ?? []) {
        const before = names.get(id)
        names.set(id, before ? `${before} · ${group.name}` : group.name)
      }
    }
    return names
  }, [groups])
}

function Managers({ group }: { group: Group | undefined }) {
  const members = useMembers()
  const managers = members.filter(({ id }) => group?.managers?.includes(id))
  if (managers.length === 0) return null
  return (
    <p className="mb-3 text-soft text-sm">
      {t('people.managed_by', { names: managers.map(({ name }) => name).join(t('people.comma')) })}
    </p>
  )
}

interface RowProps {
  member: Member
  group: Group | undefined
  departments: string
}

function PersonRow({ member, group, departments }: RowProps) {
  const me = useMe()
  const isOnline = useOnline(member.id)
  // Those of a department below are taken out there.
  const isOwn = group?.members?.includes(member.id) ?? false
  const title = [`@${member.handle}`, member.title].filter(Boolean).join(' · ')
  const talk = () => {
    openDirect(member.id === me.id ? [] : [member.id]).then(
      (channel) => openChannel(channel),
      (error: Error) => toast({ title: failureText(error), kind: 'error' }),
    )
  }
  return (
    <li className="flex min-h-13 items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover">
      <Avatar member={member} size={32} online={isOnline} />
      <div className="min-w-0 flex-1">
        <div className="flex gap-1.5">
          <span className="truncate font-medium">{member.name}</span>
          <StatusMark member={member} words />
          {member.id === me.id && (
            <span className="shrink-0 text-faint">{t('common.you_mark')}</span>
          )}
          {!isGrouped(member) && (
            <span className="shrink-0 text-faint">{roleName(member.role)}</span>
          )}
        </div>
        <div className="truncate text-faint text-sm">{title}</div>
        {departments && <div className="truncate text-faint text-sm md:hidden">{departments}</div>}
      </div>
      <span className="max-w-56 truncate text-soft text-sm max-md:hidden">{departments}</span>
      <IconButton label={t('people.message', { name: member.name })} onClick={talk}>
        <MessageSquare size={16} aria-hidden />
      </IconButton>
      {group && canManageGroup(me, group) && (
        <span className="flex w-8 justify-center max-md:w-10">
          {isOwn && (
            <IconButton
              label={t('people.take_out', { name: member.name })}
              onClick={() => changeGroupMembers(group.id, { remove: [member.id] })}
            >
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </span>
      )}
    </li>
  )
}
