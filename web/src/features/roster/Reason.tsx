// Why somebody is in a space or channel, and what to do instead of taking out who belongs there.

import { Link } from '@tanstack/react-router'
import { groupHref } from '../../app/place'
import { t } from '../../i18n'
import { useMe } from '../../model/member'
import { type Because, type Followed, useBecause, useFollowed } from '../../model/roster'
import type { Channel, Group, Member, Roster } from '../../protocol'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { GroupMark } from './GroupField'

/** How the members of a space or channel came into it. */
export interface Reasons {
  followed: Followed | undefined
  of(member: string): Because
  /** In short; empty where nothing is followed. */
  words(member: Member): string
  /** Whether what it follows holds them. */
  holds(member: Member): boolean
}

export function useReasons(roster: Roster, channel?: Channel): Reasons {
  // Guests know of no groups, and direct channels follow none.
  const isPlain = useMe().role === 'guest' || channel?.kind === 'direct'
  const bySpace = channel?.follows_space ?? false
  const followed = useFollowed(roster, isPlain, bySpace)
  const of = useBecause(followed)
  const isTold = followed !== undefined && (followed.groups.length > 0 || bySpace)
  const words = (member: Member) => {
    if (!isTold) return ''
    const { groups, named } = of(member.id)
    const names = groups.map(({ name }) => name).join(t('people.comma'))
    if (groups.length > 0) return t(named ? 'roster.via_and_named' : 'roster.via', { names })
    return named ? t('roster.by_name') : bySpace ? t('roster.via_space') : ''
  }
  const holds = (member: Member) => {
    if (!isTold) return false
    const { groups, named } = of(member.id)
    return groups.length > 0 || (bySpace && !named)
  }
  return { followed, of, words, holds }
}

interface HeldProps {
  member: Member
  because: Because
  onClose(): void
}

/** Instead of taking out: where to do so. */
export function HeldWindow({ member, because: { groups }, onClose }: HeldProps) {
  const names = groups.map(({ name }) => name).join(t('people.comma'))
  const { name } = member
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('roster.held_title', { name })}
      description={
        groups.length > 0 ? t('roster.held', { name, names }) : t('roster.held_by_space', { name })
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('roster.close')}
        </Button>
      }
    >
      <ul className="empty:hidden">
        {groups.map((group) => (
          <li key={group.id}>
            <GroupLink group={group} onClick={onClose} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function GroupLink({ group, onClick }: { group: Group; onClick?(): void }) {
  return (
    <Link
      to={groupHref(group.id)}
      onClick={onClick}
      className="-mx-2 flex min-h-9 items-center gap-2 rounded-md px-2 hover:bg-hover finger:min-h-11"
    >
      <GroupMark group={group} size={16} />
      <span className="truncate">{group.name}</span>
    </Link>
  )
}

/** The groups that it follows, each a link to its people. */
export function FollowedGroups({ groups }: { groups: readonly Group[] }) {
  if (groups.length === 0) return null
  return (
    <ul aria-label={t('roster.groups')} className="mb-2 flex flex-wrap items-center gap-1.5">
      <li className="text-faint text-sm" aria-hidden>
        {t('roster.follows')}
      </li>
      {groups.map((group) => (
        <li key={group.id}>
          <Link
            to={groupHref(group.id)}
            className="inline-flex min-h-7 items-center gap-1.5 rounded-md border px-2 text-sm
              hover:bg-hover finger:min-h-10"
          >
            <GroupMark group={group} size={14} />
            {group.name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
