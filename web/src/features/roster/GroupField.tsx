// Chooses several groups in a dialog: found by name, handle or pinyin.

import { Network, UsersRound } from 'lucide-react'
import { useMemo } from 'react'
import { t } from '../../i18n'
import { useGroups, useReach } from '../../model/group'
import { pathOf } from '../../model/reach'
import type { Group } from '../../protocol'
import { type Choice, ChoiceField } from '../chat/channel/ChoiceField'

interface Props {
  value: readonly string[]
  onChange(value: string[]): void
  label: string
}

interface Named extends Choice {
  group: Group
}

/** Limit: groups that one space or channel follows. */
const GROUPS_MAX = 20

export function GroupField({ value, onChange, label }: Props) {
  const groups = useGroups()
  const reach = useReach()
  const choices = useMemo(
    () =>
      groups.map((group): Named => {
        const { id, name, handle } = group
        const count = t('roster.group_count', { count: reach.get(id)?.size ?? 0 })
        const path = pathOf(groups, group).map((above) => above.name)
        const detail = [path.join(' / '), count].filter(Boolean).join(' · ')
        return { id, name, detail, words: [handle], group }
      }),
    [groups, reach],
  )
  const without = useMemo(
    () => groups.filter(({ archived }) => archived).map(({ id }) => id),
    [groups],
  )
  return (
    <ChoiceField<Named>
      autoFocus
      value={value}
      onChange={onChange}
      label={label}
      placeholder={t('roster.group_search')}
      none={t('roster.no_group')}
      choices={choices}
      without={without}
      mark={({ group }, size) => <GroupMark group={group} size={size === 24 ? 16 : 14} />}
      most={GROUPS_MAX}
    />
  )
}

export function GroupMark({ group, size }: { group: Group; size: number }) {
  const Icon = group.kind === 'department' ? Network : UsersRound
  return <Icon size={size} aria-hidden className="shrink-0 text-faint" />
}
