// The live card of a task in a channel that follows its project. One card a task, changed in
// place; pressing it opens the task beside the channel.

import { useState } from 'react'
import { openTask, taskHref } from '../../../app/place'
import { rich, t } from '../../../i18n'
import { formatFull, formatWhen } from '../../../i18n/format'
import { useMember, useMembers } from '../../../model/member'
import { useProject } from '../../../model/project'
import type { Card } from '../../../protocol'
import { AvatarStack } from '../../../ui/Avatar'
import { cx } from '../../../ui/class'
import { Due, StatePill } from '../../../ui/markdown/TaskChip'
import { PriorityIcon, StateIcon } from '../../work/icon'

export function FeedCard({ card }: { card: Card }) {
  const members = useMembers()
  const project = useProject(card.project)
  const by = useMember(card.changed_by)
  // Only a change that happens on the screen shows as one.
  const [seen] = useState(card.seq)
  const assignees = members.filter((member) => card.assignees?.includes(member.id))
  const closed = card.category === 'done' || card.category === 'cancelled'
  const changed = rich('chat.card_changed', {
    who: by?.name ?? t('common.unknown_member'),
    when: (
      <time dateTime={card.changed_at} title={formatFull(card.changed_at)}>
        {formatWhen(card.changed_at)}
      </time>
    ),
  })
  const body = (
    <>
      <span className="mt-[3.5px] self-start">
        <StateIcon category={card.category} />
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="shrink-0 text-faint text-sm tabular-nums">{card.key}</span>
          <span
            className={cx(
              'min-w-0 truncate font-medium',
              (card.deleted || card.category === 'cancelled') && 'text-faint line-through',
            )}
          >
            {card.title}
          </span>
        </span>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 text-faint text-xs">
          {card.deleted ? (
            <span>{t('chat.task_deleted')}</span>
          ) : (
            <StatePill name={card.state_name} category={card.category} />
          )}
          {card.archived && !card.deleted && <span>{t('chat.archived')}</span>}
          {card.priority !== 'none' && !card.deleted && <PriorityIcon priority={card.priority} />}
          {card.due && !card.deleted && <Due due={card.due} closed={closed} />}
          <span className="truncate">{changed}</span>
        </span>
      </span>
      {assignees.length > 0 && <AvatarStack members={assignees} />}
    </>
  )
  const look = cx(
    card.seq !== seen && 'feed-card',
    'flex w-full max-w-xl items-center gap-2.5 rounded-md border border-line bg-raised px-3 py-2 text-left',
  )
  if (!project || card.deleted) {
    return (
      <div className={look} key={card.seq}>
        {body}
      </div>
    )
  }
  return (
    <a
      // A newer card fades its mark in where it stands.
      key={card.seq}
      href={taskHref(card.key)}
      className={cx(look, 'transition-colors duration-(--quick) hover:border-line-strong')}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        openTask(card.key)
      }}
    >
      {body}
    </a>
  )
}
