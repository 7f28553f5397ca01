// The emoji on a message: how many, who, and one's own marked. Pressing one toggles it.

import { SmilePlus } from 'lucide-react'
import { t } from '../../../i18n'
import { formatList } from '../../../i18n/format'
import { useMe, useMembers } from '../../../model/member'
import type { LocalMessage } from '../../../model/message'
import type { Reaction } from '../../../protocol'
import { cx } from '../../../ui/class'
import { EmojiMark } from '../../../ui/EmojiMark'
import { tip } from '../../../ui/tip'
import { useActions } from './actions'

export function Reactions({ message }: { message: LocalMessage }) {
  const actions = useActions()
  const reactions = message.reactions ?? []
  if (reactions.length === 0) return null
  const allowed = actions.rights(message).react
  return (
    <div className="mt-1 flex flex-wrap gap-1 finger:gap-y-2">
      {reactions.map((reaction) => (
        <Chip
          key={reaction.emoji}
          reaction={reaction}
          disabled={!allowed}
          onPress={() => actions.react(message, reaction.emoji)}
        />
      ))}
      {allowed && (
        <button
          {...tip(t('chat.react'))}
          type="button"
          aria-label={t('chat.react')}
          className="reach inline-flex h-6 items-center rounded-full border border-transparent
            px-1.5 text-faint hover:border-line hover:bg-hover hover:text-ink finger:h-8
            finger:px-2.5"
          onClick={(event) => actions.chooseReaction(message, event.currentTarget)}
        >
          <SmilePlus size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}

interface ChipProps {
  reaction: Reaction
  disabled: boolean
  onPress(): void
}

/** Limit: names in the hint. */
const NAMES_MAX = 12

function Chip({ reaction, disabled, onPress }: ChipProps) {
  const me = useMe().id
  const members = useMembers()
  const own = reaction.members.includes(me)
  const names = reaction.members
    .slice(0, NAMES_MAX)
    .map((id) =>
      id === me ? t('common.you') : (members.find((member) => member.id === id)?.name ?? ''),
    )
    .filter((name) => name !== '')
  const more = reaction.members.length - names.length
  if (more > 0) names.push(t('chat.more_people', { count: more }))
  const said = t('chat.reacted', { who: formatList(names), emoji: reaction.emoji })
  return (
    <button
      {...tip(said)}
      type="button"
      aria-pressed={own}
      aria-label={`${reaction.emoji} ${reaction.members.length}, ${said}`}
      disabled={disabled}
      onClick={onPress}
      className={cx(
        'reach inline-flex h-6 select-none items-center gap-1 rounded-full border px-2 text-sm',
        'finger:h-8 finger:px-2.5 tabular-nums transition-colors duration-(--quick)',
        own
          ? 'border-accent bg-accent-soft text-accent-ink'
          : 'border-line bg-sunken text-soft enabled:hover:border-line-strong',
      )}
    >
      <EmojiMark emoji={reaction.emoji} className="leading-none" hidden />
      {reaction.members.length}
    </button>
  )
}
