// What somebody is at, beside their name: the emoji, and the words when the pointer rests on it.

import { t } from '../i18n'
import { formatWhen } from '../i18n/format'
import { statusOf } from '../model/status'
import type { Member } from '../protocol'
import { tip } from './tip'

/** Stands for a status without an emoji. */
const NO_EMOJI = '💬'

interface StatusMarkProps {
  member: Pick<Member, 'status'> | undefined
  /** The words beside it, where there is room. */
  words?: boolean
}

export function StatusMark({ member, words }: StatusMarkProps) {
  const status = member && statusOf(member)
  if (!status) return null
  const { emoji, text, until } = status
  const said = [text, until && statusEnd(until)].filter(Boolean).join(' · ')
  return (
    <>
      <span
        role="img"
        aria-label={t('status.named', { status: said || emoji || '' })}
        className="shrink-0 select-none font-normal text-sm"
        {...tip(said || emoji || '')}
      >
        {emoji || NO_EMOJI}
      </span>
      {words && text && <span className="truncate text-soft text-sm max-md:hidden">{text}</span>}
    </>
  )
}

export function statusEnd(until: string): string {
  return t('status.until', { when: formatWhen(until) })
}
