// A group named in a text. Resting on it or pressing it shows what it is and how many are in it.

import { Network, UsersRound } from 'lucide-react'
import { go, groupHref } from '../../app/place'
import { t } from '../../i18n'
import { useGroup, useReach } from '../../model/group'
import { useMe } from '../../model/member'
import { Button } from '../Button'
import { NameChip } from './NameChip'

interface Props {
  group: string
  /** As it was written, `@设计组`. */
  text: string
}

export function GroupChip({ group, text }: Props) {
  const me = useMe()
  const own = useReach().get(group)?.has(me.id) ?? false
  return (
    <NameChip text={text} own={own}>
      {(close) => <GroupCard id={group} onDone={close} />}
    </NameChip>
  )
}

function GroupCard({ id, onDone }: { id: string; onDone(): void }) {
  const group = useGroup(id)
  const count = useReach().get(id)?.size ?? 0
  if (!group) return null
  const Icon = group.kind === 'department' ? Network : UsersRound
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-active">
          <Icon size={20} aria-hidden className="text-soft" />
        </span>
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{group.name}</p>
          <p className="truncate text-faint text-sm">
            @{group.handle} · {t('people.count', { count })}
          </p>
        </div>
      </div>
      {group.description && <p className="text-soft text-sm">{group.description}</p>}
      <Button
        size="sm"
        onClick={() => {
          onDone()
          go(groupHref(id))
        }}
      >
        {t('people.group_open')}
      </Button>
    </div>
  )
}
