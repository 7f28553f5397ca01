// The list beside the directory: everyone, departments as a tree with how many are in each, free
// groups, and what is archived.

import { Link } from '@tanstack/react-router'
import { Archive, ChevronRight, Network, Users, UsersRound } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { groupHref } from '../../app/place'
import { t } from '../../i18n'
import { useGroups, useReach } from '../../model/group'
import { useMembers } from '../../model/member'
import { childrenOf, pathOf, type Reach } from '../../model/reach'
import type { Group } from '../../protocol'
import { cx } from '../../ui/class'
import { EVERYONE } from './PeoplePage'

/** `shown`: id of the group that is looked at; nothing is everyone. */
export function GroupTree({ shown }: { shown: string | undefined }) {
  const groups = useGroups()
  const reach = useReach()
  const people = useMembers().filter((member) => member.active && member.kind !== 'bot')
  const open = groups.filter(({ archived }) => !archived)
  const archived = groups.filter((group) => group.archived)
  const free = open.filter(({ kind }) => kind === 'free')
  const here = groups.find(({ id }) => id === shown)
  const above = new Set(here ? pathOf(groups, here).map(({ id }) => id) : [])
  const below = childrenOf(open)
  const tops = below.get('') ?? []
  return (
    <nav aria-label={t('people.groups')} className="min-h-0 flex-1 overflow-y-auto p-2 pb-4">
      <ul>
        <Row
          to={groupHref(EVERYONE)}
          here={shown === undefined || shown === EVERYONE}
          icon={<Users size={16} aria-hidden />}
          name={t('people.everyone')}
          count={people.length}
        />
      </ul>
      {tops.length > 0 && (
        <Part name={t('people.departments')}>
          {tops.map((group) => (
            <Branch key={group.id} group={group} {...{ below, reach, shown, above }} depth={0} />
          ))}
        </Part>
      )}
      {free.length > 0 && (
        <Part name={t('people.free_groups')}>
          {free.map((group) => (
            <GroupRow key={group.id} group={group} reach={reach} shown={shown} />
          ))}
        </Part>
      )}
      {archived.length > 0 && (
        <Part name={t('people.archived')}>
          {archived.map((group) => (
            <GroupRow key={group.id} group={group} reach={reach} shown={shown} />
          ))}
        </Part>
      )}
    </nav>
  )
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="mt-4">
      <h2 className="px-2 pb-1 font-medium text-faint text-xs">{name}</h2>
      <ul>{children}</ul>
    </section>
  )
}

interface BranchProps {
  group: Group
  below: ReadonlyMap<string, Group[]>
  reach: Reach
  shown: string | undefined
  /** The departments above the one that is looked at: they stand open. */
  above: ReadonlySet<string>
  depth: number
}

function Branch({ group, depth, ...rest }: BranchProps) {
  const { below, reach, shown, above } = rest
  const children = below.get(group.id) ?? []
  const [isOpen, setOpen] = useState(depth === 0 || above.has(group.id))
  return (
    <Row
      to={groupHref(group.id)}
      here={shown === group.id}
      icon={<Network size={16} aria-hidden />}
      name={group.name}
      count={reach.get(group.id)?.size ?? 0}
      depth={depth}
      toggle={
        children.length > 0 && (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={t('people.branch_toggle', { name: group.name })}
            onClick={() => setOpen(!isOpen)}
            className="flex size-6 shrink-0 items-center justify-center rounded-sm text-faint
              hover:text-ink finger:size-10"
          >
            <ChevronRight
              size={14}
              aria-hidden
              className={cx('transition-transform duration-(--quick)', isOpen && 'rotate-90')}
            />
          </button>
        )
      }
    >
      {isOpen && children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.id} group={child} {...rest} depth={depth + 1} />
          ))}
        </ul>
      )}
    </Row>
  )
}

function GroupRow(props: { group: Group; reach: Reach; shown: string | undefined }) {
  const { group, reach, shown } = props
  const Icon = group.archived ? Archive : UsersRound
  return (
    <Row
      to={groupHref(group.id)}
      here={shown === group.id}
      icon={<Icon size={16} aria-hidden />}
      name={group.name}
      count={reach.get(group.id)?.size ?? 0}
    />
  )
}

interface RowProps {
  to: string
  here: boolean
  icon: ReactNode
  name: string
  count: number
  depth?: number
  toggle?: ReactNode
  /** Rows below it. */
  children?: ReactNode
}

/** Limit: levels that are set in further than the one above. */
const INDENT_MAX = 6

function Row({ to, here, icon, name, count, depth = 0, toggle, children }: RowProps) {
  return (
    <li>
      <div
        className={cx(
          'flex h-8 items-center gap-1 rounded-md pr-2 finger:h-11',
          here ? 'bg-active text-ink' : 'text-soft hover:bg-hover',
        )}
        style={{ paddingLeft: `${Math.min(depth, INDENT_MAX) * 16 + 4}px` }}
      >
        {toggle || <span className="w-6 shrink-0 max-md:w-9" />}
        <Link
          to={to}
          preload={false}
          aria-current={here ? 'page' : undefined}
          className="flex min-w-0 flex-1 items-center gap-2 self-stretch"
        >
          <span className="shrink-0 text-faint">{icon}</span>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="text-soft text-xs tabular-nums">
            <span aria-hidden>{count}</span>
            <span className="sr-only">{t('people.count', { count })}</span>
          </span>
        </Link>
      </div>
      {children}
    </li>
  )
}
